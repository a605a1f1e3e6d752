use byte_stream::ByteStream;

#[derive(ByteStream)]
struct Upload {
    #[byte_stream(sauce)]
    body: bytes::Bytes,
}

fn main() {}
