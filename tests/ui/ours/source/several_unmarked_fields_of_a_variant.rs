use byte_stream::ByteStream;

#[derive(ByteStream)]
enum Upload {
    Pair(bytes::Bytes, String),
}

fn main() {}
