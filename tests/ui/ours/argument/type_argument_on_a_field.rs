use byte_stream::ByteStream;

#[derive(ByteStream)]
struct Upload(#[byte_stream(monoio_0_2)] bytes::Bytes);

fn main() {}
