//! A published library: its views do not depend on what others turn on.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use byte_stream::{ByteStream, StreamLiteral, stream};

/// Its `Stream` view is written by hand, which no feature of anybody may collide with.
#[derive(ByteStream)]
#[byte_stream(only(tokio))]
pub struct ByHand(StreamLiteral<1>);

impl Default for ByHand {
    fn default() -> Self {
        ByHand(stream!["by hand"])
    }
}

impl futures_core::Stream for ByHand {
    type Item = u8;

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<u8>> {
        Poll::Ready(None)
    }
}

/// All views but one, which is written by hand.
#[derive(ByteStream)]
#[byte_stream(skip(tokio))]
pub struct Skips(StreamLiteral<1>);

impl tokio::io::AsyncRead for Skips {
    fn poll_read(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
        _: &mut byte_stream::ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}
