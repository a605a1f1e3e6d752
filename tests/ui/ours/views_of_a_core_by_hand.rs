use byte_stream::ByteStreamViews;

#[derive(ByteStreamViews)]
#[byte_stream(bound(S: Copy), project)]
struct Hand<S>(S);

fn main() {}
