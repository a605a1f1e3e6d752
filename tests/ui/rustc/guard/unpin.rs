use byte_stream::ByteStream;

#[derive(ByteStream)]
struct Unpinned<S> {
    body: S,
}

impl<S> Unpin for Unpinned<S> {}

fn main() {}
