use byte_stream::ByteStream;

#[derive(ByteStream)]
struct Upload {
    name: String,
    #[byte_stream(source = true)]
    body: bytes::Bytes,
}

fn main() {}
