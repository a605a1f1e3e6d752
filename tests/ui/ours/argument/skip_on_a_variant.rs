use byte_stream::ByteStream;

#[derive(ByteStream)]
enum Upload {
    #[byte_stream(skip)]
    Held(String, u8),
    Body(bytes::Bytes),
}

fn main() {}
