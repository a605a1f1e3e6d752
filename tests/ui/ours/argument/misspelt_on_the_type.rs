use byte_stream::ByteStream;

#[derive(ByteStream)]
#[byte_stream(eror = std::io::Error)]
struct Upload(bytes::Bytes);

fn main() {}
