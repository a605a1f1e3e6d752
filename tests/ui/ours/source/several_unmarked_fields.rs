use byte_stream::ByteStream;

#[derive(ByteStream)]
struct Upload {
    head: bytes::Bytes,
    tail: bytes::Bytes,
}

fn main() {}
