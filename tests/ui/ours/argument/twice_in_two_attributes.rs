use byte_stream::ByteStream;

#[derive(ByteStream)]
#[byte_stream(only(stream))]
#[byte_stream(only(tokio))]
struct Upload(bytes::Bytes);

fn main() {}
