use byte_stream::ByteStream;

#[derive(ByteStream)]
#[byte_stream(error = std::fmt::Error)]
struct Upload(bytes::Bytes);

fn main() {}
