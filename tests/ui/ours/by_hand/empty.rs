use byte_stream::ByteStreamViews;

#[derive(ByteStreamViews)]
enum Hand<S> {
    #[byte_stream(empty)]
    Held(S),
}

fn main() {}
