use byte_stream::ByteStream;

#[derive(ByteStream)]
struct Unpinned<S: ?Sized> {
    body: S,
}

trait Local: ByteStream {}

impl Unpin for Unpinned<dyn Local> {}

fn main() {}
