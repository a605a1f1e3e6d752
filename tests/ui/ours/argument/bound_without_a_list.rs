use byte_stream::ByteStream;

#[derive(ByteStream)]
#[byte_stream(bound = "S: Copy")]
struct Upload<S>(S);

fn main() {}
