use byte_stream::ByteStream;

#[derive(ByteStream)]
#[byte_stream(error(MyError))]
struct Upload(bytes::Bytes);

fn main() {}
