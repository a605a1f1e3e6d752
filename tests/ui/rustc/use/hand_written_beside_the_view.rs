use byte_stream::ByteStream;
use std::pin::Pin;
use std::task::{Context, Poll};

#[derive(ByteStream)]
struct Upload(bytes::Bytes);

impl futures::Stream for Upload {
    type Item = u8;

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<u8>> {
        Poll::Ready(None)
    }
}

fn main() {}
