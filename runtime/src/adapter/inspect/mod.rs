//! A hook that sees every byte on its way.

mod counter;
#[cfg(feature = "digest")]
mod digester;
mod hook;
#[cfg(feature = "indicatif")]
mod progress;

use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::{fmt, io};

use bytes::Bytes;
use pin_project_lite::pin_project;
use tokio::io::ReadBuf;

pub use counter::{ByteCount, Counter};
#[cfg(feature = "digest")]
pub use digester::{Digester, FinalDigest};
pub use hook::{Inspector, Outcome};
#[cfg(feature = "indicatif")]
pub use progress::Progress;

use crate::adapter::accessors;
use crate::{ByteStream, ByteStreamViews, State, Trailers};
use hook::Hook;

pin_project! {
    /// Shows every byte of a stream to an [`Inspector`] on its way: to count, to hash, to verify.
    ///
    /// Each byte is shown once, in order, and before the consumer can see it, whichever views are used. Chunks pass through
    /// unchanged, and nothing is read ahead.
    ///
    /// # Cancel safety
    ///
    /// It has no bytes of its own. What a peek has lent has been shown, and is not shown again.
    ///
    /// # Examples
    ///
    /// ```
    /// use byte_stream::{ByteStream, ByteStreamExt, Inspect, stream};
    ///
    /// #[derive(ByteStream)]
    /// struct Metered<S> {
    ///     #[byte_stream(source)]
    ///     body: S,
    ///     name: &'static str,
    /// }
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> std::io::Result<()> {
    /// let mut seen = 0;
    /// let body = Inspect::new(stream!["hello, ", "world"], |bytes: &[u8]| seen += bytes.len());
    /// assert_eq!(Metered { body, name: "greeting" }.collect_bytes().await?, "hello, world");
    /// assert_eq!(seen, 12);
    /// # Ok(())
    /// # }
    /// ```
    #[derive(ByteStreamViews)]
    #[byte_stream(crate = crate)]
    #[must_use = "a stream does nothing unless it is read"]
    pub struct Inspect<S, H: Inspector> {
        #[pin]
        stream: S,
        hook: Hook<H>,
        // Of the bytes that the stream hands out next, so many have been shown: a peek has lent them.
        shown: usize,
        trailers: Pending,
    }
}

/// Trailers that have not been taken.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Pending {
    /// Whatever the stream has.
    Theirs,
    /// The hook adds some of its own.
    Ours,
    Taken,
}

impl<S: ByteStream, H: Inspector> Inspect<S, H> {
    /// Shows the bytes of `stream` to `inspector`, which may be a closure.
    pub fn new(stream: S, inspector: H) -> Self {
        let trailers = if inspector.adds_trailers() { Pending::Ours } else { Pending::Theirs };
        let mut inspect = Inspect { stream, hook: Hook::new(inspector), shown: 0, trailers };
        inspect.hook.saw_end_of(inspect.stream.state());
        inspect
    }
}

impl<S, H: Inspector> Inspect<S, H> {
    accessors!(stream; "What is taken from it here is not shown.");

    /// The inspector.
    pub fn inspector(&self) -> &H {
        self.hook.get()
    }

    /// The stream. The inspector is told that it was dropped, unless it has seen the end.
    pub fn into_inner(self) -> S {
        self.stream
    }

    /// The stream and the inspector, which is told nothing.
    pub fn into_parts(self) -> (S, H) {
        (self.stream, self.hook.into_inner())
    }
}

impl<S: ByteStream, H: Inspector> Inspect<S, H> {
    /// What is to be said when the stream has said that there is no more.
    fn end(self: Pin<&mut Self>) -> io::Result<()> {
        let this = self.project();
        match this.stream.state() {
            State::Open | State::Failed => Ok(()),
            State::Trailers | State::Ended => this.hook.judge(),
        }
    }
}

impl<S: ByteStream, H: Inspector> ByteStream for Inspect<S, H> {
    fn poll_chunk(mut self: Pin<&mut Self>, cx: &mut Context<'_>, max: usize) -> Poll<Option<io::Result<Bytes>>> {
        let this = self.as_mut().project();
        if this.hook.has_failed() {
            return Poll::Ready(None);
        }
        match ready!(this.stream.poll_chunk(cx, max)) {
            Some(Ok(chunk)) => {
                let known = chunk.len().min(*this.shown);
                *this.shown -= known;
                if let Err(error) = this.hook.show(&chunk[known..]) {
                    return Poll::Ready(Some(Err(error)));
                }
                let state = self.stream.state();
                self.project().hook.saw_end_of(state);
                Poll::Ready(Some(Ok(chunk)))
            }
            Some(Err(error)) => Poll::Ready(Some(Err(this.hook.failed(error)))),
            None => Poll::Ready(self.end().err().map(Err)),
        }
    }

    fn poll_peek(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<&[u8]>> {
        if !ready!(self.as_mut().poll_lends(cx))? {
            return Poll::Ready(Ok(&[]));
        }
        let this = self.project();
        match ready!(this.stream.poll_peek(cx)) {
            Ok(lent) => {
                let known = lent.len().min(*this.shown);
                this.hook.show(&lent[known..])?;
                *this.shown = lent.len();
                Poll::Ready(Ok(lent))
            }
            Err(error) => Poll::Ready(Err(this.hook.failed(error))),
        }
    }

    fn poll_lends(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<bool>> {
        if self.hook.has_failed() {
            return Poll::Ready(Ok(false));
        }
        let this = self.as_mut().project();
        match ready!(this.stream.poll_lends(cx)) {
            Ok(true) => Poll::Ready(Ok(true)),
            Ok(false) => Poll::Ready(self.end().map(|()| false)),
            Err(error) => Poll::Ready(Err(this.hook.failed(error))),
        }
    }

    fn consume_peeked(self: Pin<&mut Self>, n: usize) {
        let mut this = self.project();
        this.stream.as_mut().consume_peeked(n);
        *this.shown -= n.min(*this.shown);
        this.hook.saw_end_of(this.stream.state());
    }

    fn poll_read_into(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        if buf.remaining() == 0 || self.hook.has_failed() {
            return Poll::Ready(Ok(()));
        }
        let mut this = self.as_mut().project();
        let before = buf.filled().len();
        if let Err(error) = ready!(this.stream.as_mut().poll_read_into(cx, buf)) {
            return Poll::Ready(Err(this.hook.failed(error)));
        }
        let came = buf.filled().len() - before;
        if came == 0 {
            return Poll::Ready(self.end());
        }
        let known = came.min(*this.shown);
        *this.shown -= known;
        if let Err(error) = this.hook.show(&buf.filled()[before + known..]) {
            buf.set_filled(before);
            return Poll::Ready(Err(error));
        }
        this.hook.saw_end_of(this.stream.state());
        Poll::Ready(Ok(()))
    }

    fn state(&self) -> State {
        match self.stream.state() {
            _ if self.hook.has_failed() => State::Failed,
            State::Trailers | State::Ended if !self.hook.has_ended() => State::Open,
            State::Trailers if self.trailers != Pending::Taken => State::Trailers,
            State::Ended if self.trailers == Pending::Ours => State::Trailers,
            State::Trailers => State::Ended,
            state => state,
        }
    }

    /// Without an upper bound, if there is a verdict or a trailer of the hook's to come: whoever knows the length would not ask for it.
    fn bytes_left(&self) -> (u64, Option<u64>) {
        if self.state() != State::Open {
            return (0, Some(0));
        }
        let (least, most) = self.stream.bytes_left();
        (least, most.filter(|_| !self.hook.has_verdict() && self.trailers != Pending::Ours))
    }

    fn poll_trailers(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<io::Result<Trailers>>> {
        if self.state() != State::Trailers {
            return Poll::Ready(None);
        }
        let this = self.as_mut().project();
        let theirs = match ready!(this.stream.poll_trailers(cx)).transpose() {
            Ok(trailers) => trailers.unwrap_or_default(),
            Err(error) => return Poll::Ready(Some(Err(this.hook.failed(error)))),
        };
        *this.trailers = Pending::Taken;
        Poll::Ready(Some(this.hook.trailers(theirs)))
    }
}

impl<S, H: Inspector> fmt::Debug for Inspect<S, H> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Inspect").finish_non_exhaustive()
    }
}
