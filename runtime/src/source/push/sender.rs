//! The end of a pipe that is fed.

use std::future::poll_fn;
use std::io::{self, IoSlice};
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::{fmt, mem};

use bytes::Bytes;

use super::error::{SendError, TrySendError};
use super::pipe::Pipe;
use super::word::Word;
use crate::Trailers;
use crate::budget::Coop;
use crate::error::{BoxError, carry};

/// Sends what a stream streams: the other end of a [`ByteReceiver`](super::ByteReceiver), or what the future of a
/// [`FromWriter`](super::FromWriter) writes to.
///
/// [`send`](Self::send) hands over a chunk as it is. As an `AsyncWrite` (tokio's, and futures' under the feature `futures-io`)
/// it copies, and gathers small writes into blocks, of 64 KiB, or as the `FromWriter` says: these go out when they are full, when they are
/// flushed, when this waits for room, and before anything that is sent. Both may be mixed, and the order is kept.
///
/// # Errors
///
/// When nobody reads any more, and after the end, everything that would send or write fails with the kind
/// [`BrokenPipe`](io::ErrorKind::BrokenPipe).
///
/// # Examples
///
/// ```
/// use byte_stream::ByteStreamExt;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> std::io::Result<()> {
/// let (mut sender, receiver) = byte_stream::channel(1024);
/// sender.send("half of ").await?;
/// sender.fail("the disk is gone");
/// let error = receiver.collect_bytes().await.unwrap_err();
/// assert_eq!(error.to_string(), "the disk is gone");
/// # Ok(())
/// # }
/// ```
#[must_use = "a sender that is dropped before it has finished fails the stream"]
pub struct ByteSender {
    pipe: Arc<Pipe>,
    coop: Coop,
}

impl ByteSender {
    pub(super) fn new(pipe: Arc<Pipe>) -> Self {
        ByteSender { pipe, coop: Coop::default() }
    }

    /// Sends a chunk, and waits for room before. A chunk without bytes is not sent.
    ///
    /// # Errors
    ///
    /// The chunk, if nobody reads any more, or after the end.
    ///
    /// # Cancel safety
    ///
    /// A future that is dropped while it is `Pending` has sent nothing, and has dropped the chunk.
    pub async fn send(&mut self, chunk: impl Into<Bytes>) -> Result<(), SendError> {
        let mut chunk = chunk.into();
        poll_fn(|cx| {
            ready!(self.coop.poll_proceed(cx));
            let len = chunk.len();
            match self.pipe.send(mem::take(&mut chunk), Some(cx)) {
                Ok(()) => self.coop.spend(len),
                Err(TrySendError::Closed(refused)) => return Poll::Ready(Err(SendError(refused))),
                Err(TrySendError::Full(refused)) => {
                    chunk = refused;
                    return Poll::Pending;
                }
            }
            Poll::Ready(Ok(()))
        })
        .await
    }

    /// Sends a chunk if there is room for it now.
    ///
    /// # Errors
    ///
    /// The chunk, if there is no room, if nobody reads any more, or after the end.
    pub fn try_send(&mut self, chunk: impl Into<Bytes>) -> Result<(), TrySendError> {
        self.pipe.send(chunk.into(), None)
    }

    /// Waits until there is room for a chunk of `len` bytes: the next [`try_send`](Self::try_send) of so many finds it.
    ///
    /// # Errors
    ///
    /// If nobody reads any more, or after the end.
    pub fn poll_ready(&mut self, cx: &mut Context<'_>, len: usize) -> Poll<io::Result<()>> {
        self.pipe.poll_room(cx, len)
    }

    /// Says that this is all. What was written and not flushed is a part of it.
    ///
    /// To shut down or to close this as a writer says the same.
    pub fn finish(self) {
        self.pipe.say_if_open(Word::Finished(None));
    }

    /// Says that this is all, and that trailers follow.
    ///
    /// They come too late if this has been shut down as a writer, and the reader has seen the end since.
    pub fn finish_with_trailers(self, trailers: Trailers) {
        self.pipe.say(Word::Finished(Some(trailers)));
    }

    /// Fails the stream, after all that was sent and written. The error enters as [`carry`](crate::error::carry) says.
    ///
    /// It comes too late if this has been shut down as a writer, and the reader has seen the end since.
    pub fn fail(self, error: impl Into<BoxError>) {
        self.pipe.say(Word::Failed(carry(error)));
    }

    /// Whether nobody reads any more.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.pipe.is_closed()
    }

    /// Waits until nobody reads any more.
    ///
    /// # Cancel safety
    ///
    /// It may be dropped, and asked for again.
    pub async fn closed(&mut self) {
        poll_fn(|cx| self.poll_closed(cx)).await;
    }

    /// Waits until nobody reads any more.
    pub fn poll_closed(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        self.pipe.poll_closed(cx)
    }

    pub(super) fn poll_write_slices(&mut self, cx: &mut Context<'_>, bufs: &[IoSlice<'_>]) -> Poll<io::Result<usize>> {
        ready!(self.coop.poll_proceed(cx));
        let n = ready!(self.pipe.poll_write(cx, bufs))?;
        self.coop.spend(n);
        Poll::Ready(Ok(n))
    }

    pub(super) fn flush_written(&mut self) -> io::Result<()> {
        self.pipe.flush()
    }

    pub(super) fn shut_down(&mut self) -> io::Result<()> {
        self.pipe.flush()?;
        self.pipe.say_if_open(Word::Finished(None));
        Ok(())
    }
}

impl Drop for ByteSender {
    fn drop(&mut self) {
        self.pipe.say_if_open(Word::Dropped);
    }
}

impl fmt::Debug for ByteSender {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ByteSender").finish_non_exhaustive()
    }
}
