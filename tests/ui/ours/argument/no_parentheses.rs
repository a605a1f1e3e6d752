use byte_stream::ByteStream;

#[derive(ByteStream)]
struct Upload(#[byte_stream] bytes::Bytes);

fn main() {}
