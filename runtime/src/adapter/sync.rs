//! `Sync` for a stream that is not.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::{fmt, io};

use bytes::Bytes;
use pin_project_lite::pin_project;
use sync_wrapper::SyncWrapper;
use tokio::io::ReadBuf;

use crate::{ByteStream, ByteStreamViews, State, Trailers};

pin_project! {
    /// Makes any stream `Sync`, without a box and without losing its length or state.
    ///
    /// A stream is read through `&mut`, so a shared reference to it can do no harm, except that
    /// [`state`](ByteStream::state) and [`bytes_left`](ByteStream::bytes_left) look at it. Here they look at a copy, which
    /// is renewed whenever the stream has been touched. For the same reason there is no `get_ref`, and no `get_mut`.
    ///
    /// # Examples
    ///
    /// ```
    /// use byte_stream::{ByteStream, FromIter, SyncByteStream};
    /// use std::cell::Cell;
    ///
    /// fn is_sync<T: Sync>(_: &T) {}
    ///
    /// let count = Cell::new(0);
    /// let chunks = FromIter::new(std::iter::from_fn(move || {
    ///     count.set(count.get() + 1);
    ///     (count.get() < 3).then(|| "chunk")
    /// }));
    /// is_sync(&SyncByteStream::new(chunks));
    /// ```
    #[derive(ByteStreamViews)]
    #[byte_stream(crate = crate)]
    #[must_use = "a stream does nothing unless it is read"]
    pub struct SyncByteStream<S> {
        #[pin]
        stream: SyncWrapper<S>,
        seen: Seen,
    }
}

/// What `&self` may know of the stream.
#[derive(Clone, Copy)]
struct Seen {
    state: State,
    left: (u64, Option<u64>),
}

impl Seen {
    fn of(stream: &(impl ByteStream + ?Sized)) -> Self {
        Seen { state: stream.state(), left: stream.bytes_left() }
    }
}

impl<S: ByteStream> SyncByteStream<S> {
    /// Wraps a stream.
    pub fn new(stream: S) -> Self {
        let seen = Seen::of(&stream);
        SyncByteStream { stream: SyncWrapper::new(stream), seen }
    }

    /// Does something to the stream, and looks at it afterwards.
    #[inline]
    fn touch<T>(self: Pin<&mut Self>, touch: impl FnOnce(Pin<&mut S>) -> T) -> T {
        let this = self.project();
        let mut stream = this.stream.get_pin_mut();
        let touched = touch(stream.as_mut());
        *this.seen = Seen::of(&*stream);
        touched
    }
}

impl<S> SyncByteStream<S> {
    /// The stream.
    pub fn into_inner(self) -> S {
        self.stream.into_inner()
    }
}

impl<S: ByteStream> ByteStream for SyncByteStream<S> {
    #[inline]
    fn poll_chunk(self: Pin<&mut Self>, cx: &mut Context<'_>, max: usize) -> Poll<Option<io::Result<Bytes>>> {
        self.touch(|stream| stream.poll_chunk(cx, max))
    }

    fn poll_peek(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<&[u8]>> {
        let this = self.project();
        let mut stream = this.stream.get_pin_mut();
        let polled = stream.as_mut().poll_lends(cx);
        *this.seen = Seen::of(&*stream);
        match polled {
            // Peeking again lends the same, and for as long as `self` is borrowed.
            Poll::Ready(Ok(true)) => stream.poll_peek(cx),
            polled => polled.map_ok(|_| &[][..]),
        }
    }

    fn poll_lends(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<bool>> {
        self.touch(|stream| stream.poll_lends(cx))
    }

    fn consume_peeked(self: Pin<&mut Self>, n: usize) {
        self.touch(|stream| stream.consume_peeked(n));
    }

    #[inline]
    fn poll_read_into(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        self.touch(|stream| stream.poll_read_into(cx, buf))
    }

    fn state(&self) -> State {
        self.seen.state
    }

    fn bytes_left(&self) -> (u64, Option<u64>) {
        self.seen.left
    }

    fn poll_trailers(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<io::Result<Trailers>>> {
        self.touch(|stream| stream.poll_trailers(cx))
    }
}

impl<S: ByteStream> From<S> for SyncByteStream<S> {
    fn from(stream: S) -> Self {
        Self::new(stream)
    }
}

impl<S> fmt::Debug for SyncByteStream<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SyncByteStream").finish_non_exhaustive()
    }
}
