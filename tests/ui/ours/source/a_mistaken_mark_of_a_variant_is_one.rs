use byte_stream::ByteStream;

#[derive(ByteStream)]
enum Upload {
    #[byte_stream(source)]
    Pair(bytes::Bytes, String),
}

fn main() {}
