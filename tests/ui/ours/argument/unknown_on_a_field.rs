use byte_stream::ByteStream;

#[derive(ByteStream)]
struct Upload {
    #[byte_stream(pin)]
    body: bytes::Bytes,
}

fn main() {}
