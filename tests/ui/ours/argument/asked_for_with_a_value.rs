use byte_stream::ByteStream;

#[derive(ByteStream)]
#[byte_stream(compio_0_10 = true)]
struct Upload(bytes::Bytes);

fn main() {}
