use byte_stream::ByteStream;

#[derive(ByteStream)]
#[byte_stream(crate = byte_stream only(stream))]
struct Upload(bytes::Bytes);

fn main() {}
