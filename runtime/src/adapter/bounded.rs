//! Reading no further than a bound.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use tokio::io::ReadBuf;

use crate::ByteStream;

/// Reads at most `most` bytes into `buf`, which has room for them, and says how many came.
pub(super) fn poll_read_up_to<S: ByteStream>(
    stream: Pin<&mut S>,
    cx: &mut Context<'_>,
    buf: &mut ReadBuf<'_>,
    most: usize,
) -> Poll<io::Result<usize>> {
    if most == buf.remaining() {
        let before = buf.filled().len();
        ready!(stream.poll_read_into(cx, buf))?;
        return Poll::Ready(Ok(buf.filled().len() - before));
    }
    // A part of uninitialised memory cannot be lent without `unsafe`; it is the last part before the bound.
    let mut part = ReadBuf::new(buf.initialize_unfilled_to(most));
    ready!(stream.poll_read_into(cx, &mut part))?;
    let came = part.filled().len();
    buf.advance(came);
    Poll::Ready(Ok(came))
}
