//! The projection is private to the module of the type.
use std::pin::Pin;

mod inner {
    use byte_stream::ByteStream;

    #[derive(ByteStream)]
    #[byte_stream(project)]
    pub struct Stream {
        body: bytes::Bytes,
    }
}

fn reach(stream: Pin<&mut inner::Stream>) {
    let _ = stream.project();
}

fn reach_the_hidden_one(stream: Pin<&mut inner::Stream>) {
    let _ = inner::Stream::__byte_stream_pinned(stream);
}

fn main() {}
