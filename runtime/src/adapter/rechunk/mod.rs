//! Chunks of one size.

mod gathered;

use std::num::NonZeroUsize;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::{fmt, io};

use bytes::Bytes;
use pin_project_lite::pin_project;
use tokio::io::ReadBuf;

use crate::adapter::accessors;
use crate::source::Parts;
use crate::stream::{check_consumed, check_max};
use crate::{ByteStream, ByteStreamViews, State, Trailers};
use gathered::Gathered;

pin_project! {
    /// A stream in parts of one size: the chunks that the `Stream` and the `Body` view hand out hold exactly so many bytes, the last one
    /// the rest. The parts of a multipart upload to an object store are such.
    ///
    /// A chunk that is a part, or a piece of it that is, passes through with its pointer; so does the last one. Only what must be
    /// joined is copied, into memory of at most a part's size.
    ///
    /// The parts count from where the stream was wrapped, whichever view the bytes are taken through: after a reader has taken 3 bytes, the next
    /// chunk is 3 bytes short. A reader is not made to wait for a whole part: a plain read, and a peek, gives what there is.
    /// [`poll_chunk`](ByteStream::poll_chunk) with a `max` below what is left of the part gives exactly `max` bytes.
    ///
    /// # Errors
    ///
    /// The stream's own. The bytes before an error come first, in a chunk that is short.
    ///
    /// # Cancel safety
    ///
    /// What has been gathered of a part is kept until it is read, whichever view reads it.
    ///
    /// # Examples
    ///
    /// ```
    /// use byte_stream::adapter::Rechunk;
    /// use byte_stream::stream;
    /// use futures_util::TryStreamExt;
    /// use std::num::NonZeroUsize;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> std::io::Result<()> {
    /// let body = stream!["a few ", "words ", "of no importance"];
    /// let mut parts = Rechunk::new(body, NonZeroUsize::new(10).unwrap());
    /// assert_eq!(parts.try_next().await?.unwrap(), "a few word");
    /// assert_eq!(parts.try_next().await?.unwrap(), "s of no im");
    /// assert_eq!(parts.try_next().await?.unwrap(), "portance");
    /// assert!(parts.try_next().await?.is_none());
    /// # Ok(())
    /// # }
    /// ```
    #[derive(ByteStreamViews)]
    #[byte_stream(crate = crate)]
    #[must_use = "a stream does nothing unless it is read"]
    pub struct Rechunk<S> {
        #[pin]
        stream: S,
        size: NonZeroUsize,
        // How many bytes are missing to the end of the current part, of those that nobody has read.
        left: usize,
        gathered: Gathered,
        // It came after the bytes that are gathered.
        error: Option<io::Error>,
    }
}

impl<S> Rechunk<S> {
    /// Hands out `stream` in chunks of `size` bytes.
    pub fn new(stream: S, size: NonZeroUsize) -> Self {
        Rechunk { stream, size, left: size.get(), gathered: Gathered::default(), error: None }
    }

    /// The size of a part, in bytes.
    pub fn size(&self) -> NonZeroUsize {
        self.size
    }

    accessors!(stream, "It may be ahead of what has been read."; "What is taken from it here is missing from this one.");

    /// The stream. What has been gathered of a part is lost; [`into_parts`](Self::into_parts) keeps it.
    pub fn into_inner(self) -> S {
        self.stream
    }

    /// The stream, and what has been gathered of a part and nobody has read.
    pub fn into_parts(mut self) -> Parts<S> {
        Parts { unread: self.gathered.take(usize::MAX), source: self.stream, error: self.error, trailers: None }
    }

    /// Takes note of `n` bytes that are handed out, of this part and maybe of more.
    fn pass(self: Pin<&mut Self>, n: usize) {
        let this = self.project();
        let size = this.size.get();
        let n = n % size;
        *this.left = if n < *this.left { *this.left - n } else { size - (n - *this.left) };
    }

    /// Hands out at most `most` of the bytes that are gathered.
    fn hand_out(mut self: Pin<&mut Self>, most: usize) -> Bytes {
        let chunk = self.as_mut().project().gathered.take(most);
        self.pass(chunk.len());
        chunk
    }

    /// The error that waited for the bytes before it.
    fn fail_now(self: Pin<&mut Self>) -> io::Result<()> {
        self.project().error.take().map_or(Ok(()), Err)
    }
}

impl<S: ByteStream> Rechunk<S> {
    /// Gathers up to `want` bytes. There are fewer only at the end or before an error.
    fn poll_gather(self: Pin<&mut Self>, cx: &mut Context<'_>, want: usize) -> Poll<io::Result<()>> {
        let mut this = self.project();
        while this.gathered.len() < want {
            let came = match this.gathered.room(want) {
                [] => match ready!(this.stream.as_mut().poll_chunk(cx, want - this.gathered.len())) {
                    Some(came) => came.map(|chunk| this.gathered.push(chunk, want, this.stream.bytes_left().1)),
                    None => break,
                },
                // A reader reads straight into the part.
                room => {
                    let mut buf = ReadBuf::new(room);
                    let read = ready!(this.stream.as_mut().poll_read_into(cx, &mut buf));
                    match read.map(|()| buf.filled().len()) {
                        Ok(0) => break,
                        read => read.map(|came| this.gathered.fill(came)),
                    }
                }
            };
            if let Err(error) = came {
                if this.gathered.is_empty() {
                    return Poll::Ready(Err(error));
                }
                *this.error = Some(error);
            }
            // Who knows that these were the last is not asked for more.
            if this.stream.state() != State::Open {
                break;
            }
        }
        Poll::Ready(Ok(()))
    }
}

impl<S: ByteStream> ByteStream for Rechunk<S> {
    fn poll_chunk(mut self: Pin<&mut Self>, cx: &mut Context<'_>, max: usize) -> Poll<Option<io::Result<Bytes>>> {
        check_max(max);
        let want = self.left.min(max);
        if self.gathered.is_empty() {
            self.as_mut().fail_now()?;
        }
        if self.gathered.is_empty() || self.stream.state() == State::Open {
            ready!(self.as_mut().poll_gather(cx, want))?;
        }
        let chunk = self.hand_out(want);
        Poll::Ready((!chunk.is_empty()).then_some(Ok(chunk)))
    }

    fn poll_peek(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<&[u8]>> {
        if self.gathered.is_empty() {
            self.as_mut().fail_now()?;
            return self.project().stream.poll_peek(cx);
        }
        Poll::Ready(Ok(self.into_ref().get_ref().gathered.lend()))
    }

    fn poll_lends(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<bool>> {
        if self.gathered.is_empty() {
            self.as_mut().fail_now()?;
            return self.project().stream.poll_lends(cx);
        }
        Poll::Ready(Ok(true))
    }

    fn consume_peeked(mut self: Pin<&mut Self>, n: usize) {
        if self.gathered.is_empty() {
            self.as_mut().project().stream.consume_peeked(n);
            self.pass(n);
        } else {
            check_consumed(n, self.gathered.len());
            self.hand_out(n);
        }
    }

    fn poll_read_into(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        if buf.remaining() == 0 {
            return Poll::Ready(Ok(()));
        }
        if !self.gathered.is_empty() {
            buf.put_slice(&self.hand_out(buf.remaining()));
            return Poll::Ready(Ok(()));
        }
        self.as_mut().fail_now()?;
        let before = buf.filled().len();
        ready!(self.as_mut().project().stream.poll_read_into(cx, buf))?;
        self.pass(buf.filled().len() - before);
        Poll::Ready(Ok(()))
    }

    fn state(&self) -> State {
        if self.gathered.is_empty() && self.error.is_none() { self.stream.state() } else { State::Open }
    }

    /// Without an upper bound, if an error is to come: whoever knows the length would not ask for it.
    fn bytes_left(&self) -> (u64, Option<u64>) {
        let gathered = self.gathered.len() as u64;
        let (least, most) = self.stream.bytes_left();
        let most = most.filter(|_| self.error.is_none());
        (least.saturating_add(gathered), most.and_then(|most| most.checked_add(gathered)))
    }

    fn poll_trailers(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<io::Result<Trailers>>> {
        if self.state() != State::Trailers {
            return Poll::Ready(None);
        }
        self.project().stream.poll_trailers(cx)
    }
}

impl<S> fmt::Debug for Rechunk<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rechunk").field("size", &self.size).field("left", &self.left).finish_non_exhaustive()
    }
}
