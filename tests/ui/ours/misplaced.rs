use byte_stream::ByteStream;

#[derive(ByteStream)]
#[byte_stream(source)]
enum Upload {
    #[byte_stream(error = std::io::Error)]
    Body(bytes::Bytes),
    Held(#[byte_stream(empty)] String),
}

fn main() {}
