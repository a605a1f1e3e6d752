//! A stream that keeps its length, or fails.

use std::ops::{Bound, RangeBounds};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::{fmt, io};

use bytes::Bytes;
use pin_project_lite::pin_project;
use tokio::io::ReadBuf;

use super::ByteCount;
use crate::adapter::accessors;
use crate::error::LengthError;
use crate::stream::check_consumed;
use crate::{ByteStream, ByteStreamViews, State, Trailers};

pin_project! {
    /// Fails a stream that is too long or too short.
    ///
    /// A [`Prefix`](super::Prefix) cuts in silence. This makes an error of it: one byte too many is
    /// [`LengthError::TooLong`], of kind `InvalidData`, before any of the excess is handed out; a stream that ends early is
    /// [`LengthError::TooShort`], of kind `UnexpectedEof`, in the place of its end. Exactly the bound is fine. After an
    /// error the stream below is not polled again.
    ///
    /// A reader gets every allowed byte, whatever the size of its buffer. A chunk that crosses the bound is withheld whole.
    ///
    /// The bounds are those of [`bytes_left`](ByteStream::bytes_left) too, and shrink as the bytes pass: exact where there is
    /// one length.
    ///
    /// # Cancel safety
    ///
    /// It has no bytes of its own.
    ///
    /// # Examples
    ///
    /// ```
    /// use byte_stream::adapter::LengthGuard;
    /// use byte_stream::error::{LengthError, find};
    /// use byte_stream::{ByteStream, ByteStreamExt, stream};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let body = LengthGuard::new(stream!["hello"], ..=5);
    /// assert_eq!(body.collect_bytes().await.unwrap(), "hello");
    ///
    /// let error = LengthGuard::new(stream!["hello, ", "world"], ..=8).collect_bytes().await.unwrap_err();
    /// assert_eq!(find(&error), Some(&LengthError::TooLong { limit: 8 }));
    /// # }
    /// ```
    #[derive(ByteStreamViews)]
    #[byte_stream(crate = crate)]
    #[must_use = "a stream does nothing unless it is read"]
    pub struct LengthGuard<S> {
        #[pin]
        stream: S,
        least: u64,
        most: Option<u64>,
        seen: ByteCount,
        failed: bool,
    }
}

impl<S> LengthGuard<S> {
    /// Guards the length of `stream`, in bytes: `..=max`, `min..`, `min..=max`, `length..=length`.
    pub fn new(stream: S, length: impl RangeBounds<u64>) -> Self {
        let least = match length.start_bound() {
            Bound::Included(least) => *least,
            Bound::Excluded(less) => less.saturating_add(1),
            Bound::Unbounded => 0,
        };
        let most = match length.end_bound() {
            Bound::Included(most) => Some(*most),
            Bound::Excluded(more) => Some(more.saturating_sub(1)),
            Bound::Unbounded => None,
        };
        LengthGuard { stream, least, most, seen: ByteCount::default(), failed: false }
    }

    /// Guards that `stream` has exactly so many bytes.
    pub fn exactly(stream: S, length: u64) -> Self {
        Self::new(stream, length..=length)
    }

    /// The number of bytes that have passed, now and later, also when the stream has been moved away.
    pub fn seen(&self) -> ByteCount {
        self.seen.clone()
    }

    accessors!(stream; "What is taken from it here does not count.");

    /// The stream.
    pub fn into_inner(self) -> S {
        self.stream
    }

    /// How many bytes are missing, and how many more are allowed.
    fn left(&self) -> (u64, Option<u64>) {
        let seen = self.seen.get();
        (self.least.saturating_sub(seen), self.most.map(|most| most.saturating_sub(seen)))
    }

    fn room(&self) -> usize {
        self.left().1.and_then(|most| usize::try_from(most).ok()).unwrap_or(usize::MAX)
    }

    fn fail(self: Pin<&mut Self>, error: LengthError) -> io::Error {
        *self.project().failed = true;
        error.into()
    }

    fn too_long(self: Pin<&mut Self>) -> io::Error {
        let limit = self.most.unwrap_or(u64::MAX);
        self.fail(LengthError::TooLong { limit })
    }
}

impl<S: ByteStream> LengthGuard<S> {
    /// The stream has said that there is no more, if that is not because it has failed.
    fn end(self: Pin<&mut Self>) -> io::Result<()> {
        match self.left().0 {
            missing if missing > 0 && self.stream.state().is_over() => {
                Err(self.fail(LengthError::TooShort { missing }))
            }
            _ => Ok(()),
        }
    }

    /// Nothing more is allowed, so there may be nothing more.
    fn poll_end(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match ready!(self.as_mut().project().stream.poll_chunk(cx, 1)) {
            Some(Ok(_)) => Poll::Ready(Err(self.too_long())),
            Some(Err(error)) => Poll::Ready(Err(error)),
            None => Poll::Ready(self.end()),
        }
    }
}

impl<S: ByteStream> ByteStream for LengthGuard<S> {
    fn poll_chunk(mut self: Pin<&mut Self>, cx: &mut Context<'_>, max: usize) -> Poll<Option<io::Result<Bytes>>> {
        if self.failed {
            return Poll::Ready(None);
        }
        let room = self.room();
        if room == 0 {
            return self.poll_end(cx).map(|ended| ended.err().map(Err));
        }
        match ready!(self.as_mut().project().stream.poll_chunk(cx, max)) {
            Some(Ok(chunk)) if chunk.len() > room => Poll::Ready(Some(Err(self.too_long()))),
            Some(Ok(chunk)) => {
                self.seen.add(chunk.len());
                Poll::Ready(Some(Ok(chunk)))
            }
            Some(Err(error)) => Poll::Ready(Some(Err(error))),
            None => Poll::Ready(self.end().err().map(Err)),
        }
    }

    fn poll_peek(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<&[u8]>> {
        if !ready!(self.as_mut().poll_lends(cx))? {
            return Poll::Ready(Ok(&[]));
        }
        let room = self.room();
        self.project().stream.poll_peek(cx).map_ok(|lent| &lent[..lent.len().min(room)])
    }

    fn poll_lends(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<bool>> {
        if self.failed {
            return Poll::Ready(Ok(false));
        }
        if self.room() == 0 {
            return self.poll_end(cx).map_ok(|()| false);
        }
        if ready!(self.as_mut().project().stream.poll_lends(cx))? {
            return Poll::Ready(Ok(true));
        }
        Poll::Ready(self.end().map(|()| false))
    }

    fn consume_peeked(self: Pin<&mut Self>, n: usize) {
        check_consumed(n, self.room());
        self.seen.add(n);
        self.project().stream.consume_peeked(n);
    }

    fn poll_read_into(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        if buf.remaining() == 0 || self.failed {
            return Poll::Ready(Ok(()));
        }
        let room = self.room().min(buf.remaining());
        if room == 0 {
            return self.poll_end(cx);
        }
        match ready!(super::poll_read_up_to(self.as_mut().project().stream, cx, buf, room))? {
            0 => Poll::Ready(self.end()),
            came => {
                self.seen.add(came);
                Poll::Ready(Ok(()))
            }
        }
    }

    fn state(&self) -> State {
        match self.stream.state() {
            _ if self.failed => State::Failed,
            // Too short, which is still to be said.
            state if state.is_over() && self.left().0 > 0 => State::Open,
            state => state,
        }
    }

    fn bytes_left(&self) -> (u64, Option<u64>) {
        if self.state() != State::Open {
            return (0, Some(0));
        }
        let (least, most) = self.stream.bytes_left();
        let (missing, allowed) = self.left();
        let most = match (most, allowed) {
            (Some(most), Some(allowed)) => Some(most.min(allowed)),
            (most, allowed) => most.or(allowed),
        };
        let least = least.max(missing);
        // Bounds that contradict each other end in an error. Until then those of the guard hold.
        if most.is_some_and(|most| least > most) { (missing, allowed) } else { (least, most) }
    }

    fn poll_trailers(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<io::Result<Trailers>>> {
        if self.state() != State::Trailers {
            return Poll::Ready(None);
        }
        self.project().stream.poll_trailers(cx)
    }
}

impl<S> fmt::Debug for LengthGuard<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LengthGuard")
            .field("least", &self.least)
            .field("most", &self.most)
            .field("seen", &self.seen.get())
            .finish_non_exhaustive()
    }
}
