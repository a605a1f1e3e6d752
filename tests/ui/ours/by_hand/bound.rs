use byte_stream::ByteStreamViews;

#[derive(ByteStreamViews)]
#[byte_stream(bound(S: Copy))]
struct Hand<S>(S);

fn main() {}
