use byte_stream::ByteStream;

#[derive(ByteStream)]
#[byte_stream(skip)]
struct Upload(bytes::Bytes);

fn main() {}
