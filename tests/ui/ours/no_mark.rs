use byte_stream::ByteStream;

#[derive(ByteStream)]
struct Upload {
    head: bytes::Bytes,
    tail: bytes::Bytes,
}

#[derive(ByteStream)]
enum Choice {
    Pair(bytes::Bytes, String),
}

fn main() {}
