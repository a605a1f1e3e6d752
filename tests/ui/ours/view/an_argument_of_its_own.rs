use byte_stream::ByteStream;

#[derive(ByteStream)]
#[byte_stream(only(stream, compio_0_10))]
struct Upload(bytes::Bytes);

fn main() {}
