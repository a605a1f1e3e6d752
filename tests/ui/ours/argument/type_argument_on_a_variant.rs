use byte_stream::ByteStream;

#[derive(ByteStream)]
enum Upload {
    #[byte_stream(error = std::io::Error)]
    Body(bytes::Bytes),
}

fn main() {}
