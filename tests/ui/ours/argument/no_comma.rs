use byte_stream::ByteStream;

#[derive(ByteStream)]
struct Upload(#[byte_stream(source project)] bytes::Bytes);

fn main() {}
