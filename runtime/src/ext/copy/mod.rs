//! Writing everything to a writer.

mod gathered;

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::{fmt, io};

use tokio::io::AsyncWrite;

use crate::ByteStream;
use gathered::Gathered;

/// The future of [`ByteStreamExt::copy_to`](crate::ByteStreamExt::copy_to).
#[must_use = "a future does nothing unless it is awaited"]
pub struct CopyTo<'a, S: ?Sized, W: ?Sized> {
    stream: &'a mut S,
    writer: &'a mut W,
    written: u64,
    gathered: Gathered,
    unflushed: bool,
    /// What the stream failed with, while the bytes before it are written and flushed.
    error: Option<io::Error>,
}

/// What is to be done once everything that was gathered has been written.
enum Next {
    /// There may be more to gather.
    Gather,
    /// What the stream lends goes to the writer as it is.
    Lent,
    /// The stream is `Pending`.
    Wait,
    Finish,
}

impl<'a, S: ?Sized, W: ?Sized> CopyTo<'a, S, W> {
    pub(super) fn new(stream: &'a mut S, writer: &'a mut W) -> Self {
        // A call before this one may have been dropped before it flushed.
        CopyTo { stream, writer, written: 0, gathered: Gathered::default(), unflushed: true, error: None }
    }

    /// What has left the stream, and the writer has not taken: at most 64 KiB, and nothing unless the writer is `Pending` or has failed.
    pub fn unwritten(&self) -> &[u8] {
        self.gathered.unwritten()
    }
}

impl<S, W> CopyTo<'_, S, W>
where
    S: ByteStream + Unpin + ?Sized,
    W: AsyncWrite + Unpin + ?Sized,
{
    /// Gathers the small chunks that the stream has.
    fn gather(&mut self, cx: &mut Context<'_>) -> Next {
        /// From here on a chunk is written as it is: a copy of it would cost more than the write that it saves.
        const LARGE: usize = 16 * 1024;
        while !self.gathered.is_full() {
            if self.error.is_some() {
                return Next::Finish;
            }
            let lent = match Pin::new(&mut *self.stream).poll_peek(cx) {
                Poll::Ready(Ok(lent)) => lent,
                Poll::Ready(Err(error)) => {
                    self.error = Some(error);
                    return Next::Finish;
                }
                Poll::Pending => return Next::Wait,
            };
            if lent.is_empty() {
                self.error = super::failed_before(&*self.stream);
                return Next::Finish;
            }
            // The first goes as it is, too: a writer that takes nothing shall not cost the stream a byte.
            if lent.len() >= LARGE || self.written == 0 {
                return Next::Lent;
            }
            let n = self.gathered.take(lent);
            Pin::new(&mut *self.stream).consume_peeked(n);
        }
        Next::Gather
    }

    fn poll_write_gathered(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        while !self.gathered.is_empty() {
            let n = ready!(Pin::new(&mut *self.writer).poll_write(cx, self.gathered.unwritten()))?;
            self.note_written(n)?;
            self.gathered.advance(n);
        }
        Poll::Ready(Ok(()))
    }

    fn poll_write_lent(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let lent = ready!(Pin::new(&mut *self.stream).poll_peek(cx))?;
        let n = ready!(Pin::new(&mut *self.writer).poll_write(cx, lent))?;
        self.note_written(n)?;
        Pin::new(&mut *self.stream).consume_peeked(n);
        Poll::Ready(Ok(()))
    }

    fn note_written(&mut self, n: usize) -> io::Result<()> {
        if n == 0 {
            return Err(io::ErrorKind::WriteZero.into());
        }
        self.written += n as u64;
        self.unflushed = true;
        Ok(())
    }

    fn poll_flush(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.unflushed {
            ready!(Pin::new(&mut *self.writer).poll_flush(cx))?;
            self.unflushed = false;
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
        loop {
            let next = self.gather(cx);
            ready!(self.poll_write_gathered(cx))?;
            match next {
                Next::Gather => {}
                Next::Lent => ready!(self.poll_write_lent(cx))?,
                Next::Wait => {
                    self.gathered.release();
                    ready!(self.poll_flush(cx))?;
                    return Poll::Pending;
                }
                Next::Finish => {
                    self.gathered.release();
                    ready!(self.poll_flush(cx))?;
                    return Poll::Ready(self.error.take().map_or(Ok(self.written), Err));
                }
            }
        }
    }
}

impl<S: ?Sized, W: ?Sized> fmt::Debug for CopyTo<'_, S, W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CopyTo").field("written", &self.written).finish_non_exhaustive()
    }
}
