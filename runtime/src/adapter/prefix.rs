//! The first bytes of a stream.

use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::{fmt, io};

use bytes::Bytes;
use pin_project_lite::pin_project;
use tokio::io::ReadBuf;

use crate::adapter::accessors;
use crate::stream::check_consumed;
use crate::{ByteStream, ByteStreamViews, State};

pin_project! {
    /// The first bytes of a stream: what comes after them is cut off in silence, and stays unread.
    ///
    /// A [`LengthGuard`](super::LengthGuard) makes an error of a stream that is too long. This reads nothing ahead below it, so
    /// that over a `&mut S` the rest of the stream can be read afterwards. A stream that is shorter ends early. Trailers are dropped
    /// with the rest, unless the stream ends by itself.
    ///
    /// # Cancel safety
    ///
    /// It has no bytes of its own.
    ///
    /// # Examples
    ///
    /// ```
    /// use byte_stream::adapter::Prefix;
    /// use byte_stream::{ByteStreamExt, stream};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> std::io::Result<()> {
    /// let mut body = stream!["header and body"];
    /// assert_eq!(Prefix::new(&mut body, 6).collect_bytes().await?, "header");
    /// assert_eq!(body.collect_bytes().await?, " and body");
    /// # Ok(())
    /// # }
    /// ```
    #[derive(ByteStreamViews)]
    #[byte_stream(crate = crate)]
    #[must_use = "a stream does nothing unless it is read"]
    pub struct Prefix<S> {
        #[pin]
        stream: S,
        left: u64,
    }
}

impl<S> Prefix<S> {
    /// The first `length` bytes of `stream`.
    pub fn new(stream: S, length: u64) -> Self {
        Prefix { stream, left: length }
    }

    accessors!(stream, "It is where the prefix has come to."; "What is taken from it here does not count.");

    /// The stream, with everything that has not been read.
    pub fn into_inner(self) -> S {
        self.stream
    }

    /// At most so many bytes of a buffer may be filled.
    fn room(&self, most: usize) -> usize {
        usize::try_from(self.left).unwrap_or(usize::MAX).min(most)
    }
}

impl<S: ByteStream> ByteStream for Prefix<S> {
    fn poll_chunk(self: Pin<&mut Self>, cx: &mut Context<'_>, max: usize) -> Poll<Option<io::Result<Bytes>>> {
        if self.left == 0 {
            return Poll::Ready(None);
        }
        let max = self.room(max);
        let this = self.project();
        let item = ready!(this.stream.poll_chunk(cx, max));
        if let Some(Ok(chunk)) = &item {
            *this.left -= chunk.len() as u64;
        }
        Poll::Ready(item)
    }

    fn poll_peek(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<&[u8]>> {
        if self.left == 0 {
            return Poll::Ready(Ok(&[]));
        }
        let room = self.room(usize::MAX);
        self.project().stream.poll_peek(cx).map_ok(|lent| &lent[..lent.len().min(room)])
    }

    fn poll_lends(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<bool>> {
        if self.left == 0 {
            return Poll::Ready(Ok(false));
        }
        self.project().stream.poll_lends(cx)
    }

    fn consume_peeked(self: Pin<&mut Self>, n: usize) {
        check_consumed(n, self.room(usize::MAX));
        let this = self.project();
        this.stream.consume_peeked(n);
        *this.left -= n as u64;
    }

    fn poll_read_into(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        if self.left == 0 {
            return Poll::Ready(Ok(()));
        }
        let room = self.room(buf.remaining());
        let this = self.project();
        let came = ready!(super::poll_read_up_to(this.stream, cx, buf, room))?;
        *this.left -= came as u64;
        Poll::Ready(Ok(()))
    }

    fn state(&self) -> State {
        match self.stream.state() {
            State::Open if self.left == 0 => State::Ended,
            state => state,
        }
    }

    fn bytes_left(&self) -> (u64, Option<u64>) {
        let (least, most) = self.stream.bytes_left();
        (least.min(self.left), Some(most.map_or(self.left, |most| most.min(self.left))))
    }

    fn poll_trailers(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<io::Result<crate::Trailers>>> {
        self.project().stream.poll_trailers(cx)
    }
}

impl<S> fmt::Debug for Prefix<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Prefix").field("left", &self.left).finish_non_exhaustive()
    }
}
