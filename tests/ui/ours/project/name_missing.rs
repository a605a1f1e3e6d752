use byte_stream::ByteStream;

#[derive(ByteStream)]
#[byte_stream(project =)]
struct Upload(bytes::Bytes);

fn main() {}
