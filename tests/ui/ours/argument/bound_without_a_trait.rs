use byte_stream::ByteStream;

#[derive(ByteStream)]
#[byte_stream(bound(S))]
struct Upload<S>(S);

fn main() {}
