//! Writing everything to a writer.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::{fmt, io};

use tokio::io::AsyncWrite;

use crate::ByteStream;

/// The future of [`ByteStreamExt::copy_to`](crate::ByteStreamExt::copy_to).
#[must_use = "a future does nothing unless it is awaited"]
pub struct CopyTo<'a, S: ?Sized, W: ?Sized> {
    stream: &'a mut S,
    writer: &'a mut W,
    written: u64,
    unflushed: bool,
    /// What the stream failed with, while the bytes before it are flushed.
    error: Option<io::Error>,
}

impl<'a, S: ?Sized, W: ?Sized> CopyTo<'a, S, W> {
    pub(super) fn new(stream: &'a mut S, writer: &'a mut W) -> Self {
        // A call before this one may have been dropped before it flushed.
        CopyTo { stream, writer, written: 0, unflushed: true, error: None }
    }
}

impl<S, W> CopyTo<'_, S, W>
where
    S: ByteStream + Unpin + ?Sized,
    W: AsyncWrite + Unpin + ?Sized,
{
    fn poll_flush(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.unflushed {
            ready!(Pin::new(&mut *self.writer).poll_flush(cx))?;
            self.unflushed = false;
        }
        Poll::Ready(Ok(()))
    }

    /// Moves everything that the stream has, and stops at its end or its error.
    fn poll_move(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        while self.error.is_none() {
            let lent = match Pin::new(&mut *self.stream).poll_peek(cx) {
                Poll::Ready(Ok(lent)) => lent,
                Poll::Ready(Err(error)) => {
                    self.error = Some(error);
                    break;
                }
                Poll::Pending => {
                    ready!(self.poll_flush(cx))?;
                    return Poll::Pending;
                }
            };
            if lent.is_empty() {
                self.error = super::failed_before(&*self.stream);
                break;
            }
            let n = ready!(Pin::new(&mut *self.writer).poll_write(cx, lent))?;
            if n == 0 {
                return Poll::Ready(Err(io::ErrorKind::WriteZero.into()));
            }
            Pin::new(&mut *self.stream).consume_peeked(n);
            self.written += n as u64;
            self.unflushed = true;
        }
        Poll::Ready(Ok(()))
    }
}

impl<S, W> Future for CopyTo<'_, S, W>
where
    S: ByteStream + Unpin + ?Sized,
    W: AsyncWrite + Unpin + ?Sized,
{
    type Output = io::Result<u64>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        ready!(self.poll_move(cx))?;
        ready!(self.poll_flush(cx))?;
        Poll::Ready(self.error.take().map_or(Ok(self.written), Err))
    }
}

impl<S: ?Sized, W: ?Sized> fmt::Debug for CopyTo<'_, S, W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CopyTo").field("written", &self.written).finish_non_exhaustive()
    }
}
