use byte_stream::ByteStream;

#[derive(ByteStream)]
struct Dropped<S> {
    body: S,
}

impl<S> Drop for Dropped<S> {
    fn drop(&mut self) {}
}

fn main() {}
