//! A stream, and what may fail it from beside. It knows neither clocks nor futures of others.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use pin_project_lite::pin_project;
use tokio::io::ReadBuf;

use crate::stream::check_consumed;
use crate::{ByteStream, State, Trailers};

/// What may fail a stream while its bytes have not ended. It is not polled again once it has, and dropped when they end.
pub(super) trait Watch {
    /// Asked before the stream is polled for what nobody has seen.
    fn poll_before(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Error> {
        let _ = cx;
        Poll::Pending
    }

    /// Asked when the stream is `Pending`.
    fn poll_pending(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Error> {
        let _ = cx;
        Poll::Pending
    }

    /// The stream was not `Pending`.
    fn came(self: Pin<&mut Self>) {}
}

pin_project! {
    /// A [`ByteStream`] under a [`Watch`].
    pub(super) struct Watched<S, W> {
        #[pin]
        stream: S,
        #[pin]
        watching: Watching<W>,
        // So many bytes are lent: whoever asks for them again gets them, and nothing is polled.
        lent: usize,
    }
}

pin_project! {
    #[project = WatchingProjection]
    enum Watching<W> {
        On { #[pin] watch: W },
        /// The bytes have ended, or the stream has failed by itself.
        Over,
        /// The watch has failed the stream.
        Failed,
    }
}

impl<S: ByteStream, W> Watched<S, W> {
    pub(super) fn new(stream: S, watch: W) -> Self {
        let watching = if stream.state() == State::Open { Watching::On { watch } } else { Watching::Over };
        Watched { stream, watching, lent: 0 }
    }
}

impl<S, W> Watched<S, W> {
    pub(super) fn get_ref(&self) -> &S {
        &self.stream
    }

    /// What is lent may be taken here: nobody counts on it any more.
    pub(super) fn get_mut(&mut self) -> &mut S {
        self.lent = 0;
        &mut self.stream
    }

    /// As [`get_mut`](Self::get_mut).
    pub(super) fn get_pin_mut(self: Pin<&mut Self>) -> Pin<&mut S> {
        let this = self.project();
        *this.lent = 0;
        this.stream
    }

    pub(super) fn into_inner(self) -> S {
        self.stream
    }

    /// The watch, as long as it may fail the stream.
    pub(super) fn watch(&self) -> Option<&W> {
        match &self.watching {
            Watching::On { watch } => Some(watch),
            Watching::Over | Watching::Failed => None,
        }
    }

    fn has_failed(&self) -> bool {
        matches!(self.watching, Watching::Failed)
    }
}

impl<S: ByteStream, W: Watch> Watched<S, W> {
    /// Polls the stream, unless the watch fails it. To be called while that has not happened.
    fn poll_watched<T>(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        poll: impl FnOnce(Pin<&mut S>, &mut Context<'_>) -> Poll<T>,
    ) -> Poll<io::Result<T>> {
        let mut this = self.project();
        let WatchingProjection::On { mut watch } = this.watching.as_mut().project() else {
            return poll(this.stream, cx).map(Ok);
        };
        let mut failed = Poll::Pending;
        if *this.lent == 0 {
            failed = watch.as_mut().poll_before(cx);
        }
        if failed.is_pending() {
            if let Poll::Ready(came) = poll(this.stream, cx) {
                watch.came();
                return Poll::Ready(Ok(came));
            }
            failed = watch.poll_pending(cx);
        }
        let error = ready!(failed);
        this.watching.set(Watching::Failed);
        Poll::Ready(Err(error))
    }

    /// `n` bytes have been taken, which may be the last; or none, which may be the end.
    fn took(self: Pin<&mut Self>, n: usize) {
        let mut this = self.project();
        *this.lent -= n.min(*this.lent);
        if this.stream.state() != State::Open {
            this.watching.set(Watching::Over);
        }
    }
}

impl<S: ByteStream, W: Watch> ByteStream for Watched<S, W> {
    fn poll_chunk(mut self: Pin<&mut Self>, cx: &mut Context<'_>, max: usize) -> Poll<Option<io::Result<Bytes>>> {
        if self.has_failed() {
            return Poll::Ready(None);
        }
        let item = ready!(self.as_mut().poll_watched(cx, |stream, cx| stream.poll_chunk(cx, max)))?;
        self.took(if let Some(Ok(chunk)) = &item { chunk.len() } else { 0 });
        Poll::Ready(item)
    }

    fn poll_peek(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<&[u8]>> {
        if !ready!(self.as_mut().poll_lends(cx))? {
            return Poll::Ready(Ok(&[]));
        }
        let this = self.project();
        let lent = ready!(this.stream.poll_peek(cx))?;
        *this.lent = lent.len();
        Poll::Ready(Ok(lent))
    }

    fn poll_lends(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<bool>> {
        if self.has_failed() {
            return Poll::Ready(Ok(false));
        }
        let lends = ready!(self.as_mut().poll_watched(cx, S::poll_lends))?;
        self.as_mut().took(0);
        if let Ok(true) = lends {
            let lent = self.project().lent;
            *lent = (*lent).max(1);
        }
        Poll::Ready(lends)
    }

    fn consume_peeked(mut self: Pin<&mut Self>, n: usize) {
        if self.has_failed() {
            return check_consumed(n, 0);
        }
        self.as_mut().project().stream.consume_peeked(n);
        self.took(n);
    }

    fn poll_read_into(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        if buf.remaining() == 0 || self.has_failed() {
            return Poll::Ready(Ok(()));
        }
        let before = buf.filled().len();
        let read = ready!(self.as_mut().poll_watched(cx, |stream, cx| stream.poll_read_into(cx, buf)))?;
        self.took(buf.filled().len() - before);
        Poll::Ready(read)
    }

    fn state(&self) -> State {
        if self.has_failed() { State::Failed } else { self.stream.state() }
    }

    fn bytes_left(&self) -> (u64, Option<u64>) {
        if self.has_failed() { (0, Some(0)) } else { self.stream.bytes_left() }
    }

    fn poll_trailers(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<io::Result<Trailers>>> {
        if self.state() != State::Trailers {
            return Poll::Ready(None);
        }
        self.project().stream.poll_trailers(cx)
    }
}
