use byte_stream::ByteStream;

#[derive(ByteStream)]
#[byte_stream(only(stream, sink))]
struct Upload(bytes::Bytes);

fn main() {}
