use byte_stream::ByteStream;

#[derive(ByteStream)]
#[byte_stream(only(stream), skip(body))]
struct Upload(bytes::Bytes);

fn main() {}
