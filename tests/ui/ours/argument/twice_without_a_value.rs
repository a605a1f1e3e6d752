use byte_stream::ByteStream;

#[derive(ByteStream)]
#[byte_stream(compio_0_10, monoio_0_2, compio_0_10)]
struct Upload(bytes::Bytes);

fn main() {}
