//! tokio's `AsyncRead` and `AsyncBufRead`.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::io::ReadBuf;

use crate::ByteStream;

#[doc(hidden)]
#[inline]
pub fn poll_read<S>(stream: Pin<&mut S>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>>
where
    S: ByteStream + ?Sized,
{
    if buf.remaining() == 0 {
        return Poll::Ready(Ok(()));
    }
    stream.poll_read_into(cx, buf)
}

super::borrow! {
    /// A stream borrowed as a tokio reader and nothing else: see [`ByteStreamExt::as_tokio`](crate::ByteStreamExt::as_tokio).
    AsTokio, tokio
}
