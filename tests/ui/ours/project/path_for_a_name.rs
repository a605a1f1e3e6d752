use byte_stream::ByteStream;

#[derive(ByteStream)]
#[byte_stream(project = parts::Upload)]
struct Upload(bytes::Bytes);

fn main() {}
