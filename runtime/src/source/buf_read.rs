//! A foreign tokio buffered reader as a source.

use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::{fmt, io};

use bytes::Bytes;
use pin_project_lite::pin_project;
use tokio::io::{AsyncBufRead, ReadBuf};

use super::Parts;
use super::phase::Phase;
use super::reader::poll_reader;
use crate::budget::Coop;
use crate::error::{is_eintr, never_interrupted};
use crate::stream::{check_consumed, check_max};
use crate::{ByteStream, ByteStreamViews, State};

/// The most that one chunk holds.
const CHUNK: usize = 64 * 1024;

pin_project! {
    /// A [`ByteStream`] over a foreign tokio `AsyncBufRead`, which has a buffer of its own.
    ///
    /// Its inverse is the tokio view, which every `ByteStream` has. There is no second buffer: a peek lends the reader's own, and a
    /// read goes to the reader. A chunk is a copy of what the reader's buffer holds, of 64 KiB at most.
    ///
    /// A read that fails with a bare `Interrupted` (`EINTR`) is tried again. The length is unknown. The reader is not polled
    /// again after its end or an error.
    ///
    /// # Cancel safety
    ///
    /// All unread bytes are in the reader's own buffer.
    ///
    /// # Examples
    ///
    /// ```
    /// use byte_stream::FromBufRead;
    /// use tokio::io::AsyncBufReadExt;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> std::io::Result<()> {
    /// let reader: &[u8] = b"one\ntwo\n";
    /// let mut lines = FromBufRead::new(reader).lines();
    /// assert_eq!(lines.next_line().await?.as_deref(), Some("one"));
    /// # Ok(())
    /// # }
    /// ```
    #[derive(ByteStreamViews)]
    #[byte_stream(crate = crate)]
    #[must_use = "a stream does nothing unless it is read"]
    pub struct FromBufRead<R> {
        #[pin]
        reader: R,
        lent: usize,
        phase: Phase,
        coop: Coop,
    }
}

impl<R> FromBufRead<R> {
    /// Wraps a buffered reader.
    pub fn new(reader: R) -> Self {
        FromBufRead { reader, lent: 0, phase: Phase::Open, coop: Coop::default() }
    }

    /// The reader, which holds every unread byte.
    pub fn get_ref(&self) -> &R {
        &self.reader
    }

    /// The reader. What is read from it here is missing from this one.
    pub fn get_mut(&mut self) -> &mut R {
        &mut self.reader
    }

    /// The reader, pinned.
    pub fn get_pin_mut(self: Pin<&mut Self>) -> Pin<&mut R> {
        self.project().reader
    }

    /// The reader, with every unread byte.
    pub fn into_inner(self) -> R {
        self.reader
    }

    /// The reader, with every unread byte, and an error that has not been reported yet.
    pub fn into_parts(self) -> Parts<R> {
        Parts { source: self.reader, unread: Bytes::new(), error: self.phase.into_error(), trailers: None }
    }
}

impl<R: AsyncBufRead> ByteStream for FromBufRead<R> {
    fn poll_chunk(mut self: Pin<&mut Self>, cx: &mut Context<'_>, max: usize) -> Poll<Option<io::Result<Bytes>>> {
        check_max(max);
        let lent = ready!(self.as_mut().poll_peek(cx))?;
        if lent.is_empty() {
            return Poll::Ready(None);
        }
        let chunk = Bytes::copy_from_slice(&lent[..lent.len().min(max).min(CHUNK)]);
        self.consume_peeked(chunk.len());
        Poll::Ready(Some(Ok(chunk)))
    }

    fn poll_peek(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<&[u8]>> {
        let this = self.project();
        if !this.phase.is_open() {
            return Poll::Ready(this.phase.fail_now().map_or(Ok(&[]), Err));
        }
        if *this.lent == 0 {
            ready!(this.coop.poll_proceed(cx));
        }
        match ready!(this.reader.poll_fill_buf(cx)) {
            Ok(lent) => {
                if *this.lent == 0 {
                    this.coop.spend(lent.len());
                }
                *this.lent = lent.len();
                if lent.is_empty() {
                    *this.phase = Phase::Ended;
                }
                Poll::Ready(Ok(lent))
            }
            Err(error) if is_eintr(&error) => {
                // A loop could not return what it lends, so the retry is the task's next turn.
                cx.waker().wake_by_ref();
                Poll::Pending
            }
            Err(error) => {
                *this.phase = Phase::Failed;
                Poll::Ready(Err(never_interrupted(error)))
            }
        }
    }

    fn consume_peeked(self: Pin<&mut Self>, n: usize) {
        let this = self.project();
        check_consumed(n, *this.lent);
        *this.lent -= n;
        this.reader.consume(n);
    }

    fn poll_read_into(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        if buf.remaining() == 0 {
            return Poll::Ready(Ok(()));
        }
        let this = self.project();
        let came = ready!(poll_reader(this.reader, this.phase, this.coop, cx, buf))?;
        *this.lent = this.lent.saturating_sub(came);
        Poll::Ready(Ok(()))
    }

    fn state(&self) -> State {
        self.phase.state()
    }

    fn bytes_left(&self) -> (u64, Option<u64>) {
        if self.phase.goes_on() { (self.lent as u64, None) } else { (0, Some(0)) }
    }
}

impl<R: AsyncBufRead> From<R> for FromBufRead<R> {
    fn from(reader: R) -> Self {
        Self::new(reader)
    }
}

impl<R> fmt::Debug for FromBufRead<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FromBufRead").finish_non_exhaustive()
    }
}
