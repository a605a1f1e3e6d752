use byte_stream::ByteStream;

#[derive(ByteStream)]
#[byte_stream(crate)]
struct Upload(bytes::Bytes);

fn main() {}
