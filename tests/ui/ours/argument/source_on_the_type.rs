use byte_stream::ByteStream;

#[derive(ByteStream)]
#[byte_stream(source)]
struct Upload(bytes::Bytes);

fn main() {}
