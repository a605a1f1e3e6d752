use byte_stream::ByteStream;

#[derive(ByteStream)]
#[byte_stream(only())]
struct Upload(bytes::Bytes);

fn main() {}
