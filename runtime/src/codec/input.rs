//! The stream below a codec, as the codec sees it.

use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::{fmt, io};

use pin_project_lite::pin_project;
use tokio::io::{AsyncBufRead, AsyncRead, ReadBuf};

use crate::adapter::accessors;
use crate::error::never_interrupted;
use crate::{ByteStream, State};

pin_project! {
    /// The stream below a [`Codec`](super::Codec), as the codec reads it. Only a `Codec` makes one.
    ///
    /// It keeps an error of the stream from the codec, which might wrap or swallow it. To the codec the stream is `Pending` from then on,
    /// so that an encoder flushes what it holds; the `Codec` then reports the error in the place of that `Pending`.
    pub struct Input<S> {
        #[pin]
        stream: S,
        seen: Seen,
        taken: u64,
        look: Option<Look>,
    }
}

/// Looks at the first byte, and may refuse it.
pub(super) type Look = fn(u8) -> io::Result<()>;

/// What the codec has come to.
enum Seen {
    Open,
    Ended,
    /// The error, until it is reported.
    Failed(Option<io::Error>),
}

impl<S> Input<S> {
    pub(super) fn new(stream: S) -> Self {
        Input { stream, seen: Seen::Open, taken: 0, look: None }
    }

    /// Lets `look` see the first byte before the codec does.
    #[cfg(feature = "compression-brotli")]
    pub(super) fn looked_at(mut self, look: Look) -> Self {
        self.look = Some(look);
        self
    }

    accessors!(stream; "What is taken from it here is missing from the codec.");

    pub(super) fn into_inner(self) -> S {
        self.stream
    }

    /// How many bytes the codec has taken.
    pub(super) fn taken(&self) -> u64 {
        self.taken
    }

    /// Whether the codec has seen the end of the stream.
    pub(super) fn has_ended(&self) -> bool {
        matches!(self.seen, Seen::Ended)
    }

    /// The error that the codec was not shown.
    pub(super) fn take_error(self: Pin<&mut Self>) -> Option<io::Error> {
        match self.project().seen {
            Seen::Failed(error) => error.take(),
            Seen::Open | Seen::Ended => None,
        }
    }
}

impl<S: ByteStream> Input<S> {
    /// Ready if the stream has come to a good end, where the codec has come to its own.
    pub(super) fn poll_end(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let mut this = self.project();
        if let Seen::Open = this.seen {
            if ready!(this.stream.as_mut().poll_lends(cx)).map_err(never_interrupted)? {
                let error = io::Error::new(io::ErrorKind::InvalidData, "there are bytes behind the end of the codec's");
                return Poll::Ready(Err(error));
            }
            *this.seen = Seen::Ended;
        }
        Poll::Ready(match this.stream.state() {
            State::Failed => Err(io::Error::other("the stream below a codec had failed before it was read")),
            _ => Ok(()),
        })
    }
}

impl<S: ByteStream> AsyncBufRead for Input<S> {
    fn poll_fill_buf(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<&[u8]>> {
        let this = self.project();
        match this.seen {
            Seen::Open => {}
            Seen::Ended => return Poll::Ready(Ok(&[])),
            Seen::Failed(_) => return Poll::Pending,
        }
        let failed = match ready!(this.stream.poll_peek(cx)) {
            Ok(lent) => {
                let looked = match lent.first() {
                    Some(first) => this.look.take().map_or(Ok(()), |look| look(*first)),
                    None => {
                        *this.seen = Seen::Ended;
                        Ok(())
                    }
                };
                match looked {
                    Ok(()) => return Poll::Ready(Ok(lent)),
                    Err(error) => error,
                }
            }
            Err(error) => never_interrupted(error),
        };
        *this.seen = Seen::Failed(Some(failed));
        Poll::Pending
    }

    fn consume(self: Pin<&mut Self>, n: usize) {
        if n > 0 {
            let this = self.project();
            this.stream.consume_peeked(n);
            *this.taken += n as u64;
        }
    }
}

impl<S: ByteStream> AsyncRead for Input<S> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        if buf.remaining() > 0 {
            let bytes = ready!(self.as_mut().poll_fill_buf(cx))?;
            let n = bytes.len().min(buf.remaining());
            buf.put_slice(&bytes[..n]);
            self.consume(n);
        }
        Poll::Ready(Ok(()))
    }
}

impl<S> fmt::Debug for Input<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Input").field("taken", &self.taken).finish_non_exhaustive()
    }
}
