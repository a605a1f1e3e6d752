use byte_stream::ByteStream;

#[derive(ByteStream)]
#[byte_stream(compio)]
struct Upload(bytes::Bytes);

fn main() {}
