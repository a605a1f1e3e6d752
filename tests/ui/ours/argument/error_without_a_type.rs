use byte_stream::ByteStream;

#[derive(ByteStream)]
#[byte_stream(error =)]
struct Upload(bytes::Bytes);

fn main() {}
