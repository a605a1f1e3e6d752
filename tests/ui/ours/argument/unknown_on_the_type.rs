use byte_stream::ByteStream;

#[derive(ByteStream)]
#[byte_stream(views(stream))]
struct Upload(bytes::Bytes);

fn main() {}
