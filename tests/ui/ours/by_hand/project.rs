use byte_stream::ByteStreamViews;

#[derive(ByteStreamViews)]
#[byte_stream(project)]
struct Hand<S>(S);

fn main() {}
