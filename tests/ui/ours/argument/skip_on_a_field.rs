use byte_stream::ByteStream;

#[derive(ByteStream)]
struct Upload {
    #[byte_stream(skip)]
    name: String,
    body: bytes::Bytes,
}

fn main() {}
