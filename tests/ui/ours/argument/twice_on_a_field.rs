use byte_stream::ByteStream;

#[derive(ByteStream)]
struct Upload(#[byte_stream(source, source)] bytes::Bytes);

fn main() {}
