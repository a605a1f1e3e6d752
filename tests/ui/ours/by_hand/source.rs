use byte_stream::ByteStreamViews;

#[derive(ByteStreamViews)]
struct Hand<S> {
    #[byte_stream(source)]
    body: S,
}

fn main() {}
