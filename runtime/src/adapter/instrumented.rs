//! A stream in a span.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::{fmt, io};

use bytes::Bytes;
use pin_project_lite::pin_project;
use tokio::io::ReadBuf;
use tracing::Span;

use crate::{ByteStream, ByteStreamViews, State, Trailers};

pin_project! {
    /// Enters a [`tracing::Span`] whenever the stream is polled: what [`tracing::instrument::Instrumented`] is to a future.
    ///
    /// Every method that takes bytes or trailers enters it, so that the events of whatever lies below, a reader or an
    /// [`Inspect`](crate::Inspect), stand in the span. [`state`](ByteStream::state) and [`bytes_left`](ByteStream::bytes_left), which only
    /// look, do not enter it, nor does a drop. The span closes when the stream is dropped, unless somebody else holds it too.
    ///
    /// # Cancel safety
    ///
    /// It has no bytes of its own.
    ///
    /// # Examples
    ///
    /// ```
    /// use byte_stream::adapter::Instrumented;
    /// use byte_stream::{ByteStreamExt, Inspect, stream};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> std::io::Result<()> {
    /// let body = Inspect::new(stream!["hello"], |bytes: &[u8]| tracing::debug!(len = bytes.len(), "chunk"));
    /// let body = Instrumented::new(body, tracing::info_span!("upload", id = 7));
    /// assert_eq!(body.collect_bytes().await?, "hello");
    /// # Ok(())
    /// # }
    /// ```
    #[derive(ByteStreamViews)]
    #[byte_stream(crate = crate)]
    #[must_use = "a stream does nothing unless it is read"]
    pub struct Instrumented<S> {
        #[pin]
        stream: S,
        span: Span,
    }
}

impl<S> Instrumented<S> {
    /// Polls `stream` in `span`.
    pub fn new(stream: S, span: Span) -> Self {
        Instrumented { stream, span }
    }

    /// The span.
    pub fn span(&self) -> &Span {
        &self.span
    }

    /// The stream.
    pub fn get_ref(&self) -> &S {
        &self.stream
    }

    /// The stream.
    pub fn get_mut(&mut self) -> &mut S {
        &mut self.stream
    }

    /// The stream, pinned.
    pub fn get_pin_mut(self: Pin<&mut Self>) -> Pin<&mut S> {
        self.project().stream
    }

    /// The stream, without the span.
    pub fn into_inner(self) -> S {
        self.stream
    }
}

impl<S: ByteStream> ByteStream for Instrumented<S> {
    fn poll_chunk(self: Pin<&mut Self>, cx: &mut Context<'_>, max: usize) -> Poll<Option<io::Result<Bytes>>> {
        let this = self.project();
        let _entered = this.span.enter();
        this.stream.poll_chunk(cx, max)
    }

    fn poll_peek(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<&[u8]>> {
        let this = self.project();
        let _entered = this.span.enter();
        this.stream.poll_peek(cx)
    }

    fn poll_lends(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<bool>> {
        let this = self.project();
        let _entered = this.span.enter();
        this.stream.poll_lends(cx)
    }

    fn consume_peeked(self: Pin<&mut Self>, n: usize) {
        let this = self.project();
        let _entered = this.span.enter();
        this.stream.consume_peeked(n);
    }

    fn poll_read_into(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let this = self.project();
        let _entered = this.span.enter();
        this.stream.poll_read_into(cx, buf)
    }

    fn state(&self) -> State {
        self.stream.state()
    }

    fn bytes_left(&self) -> (u64, Option<u64>) {
        self.stream.bytes_left()
    }

    fn poll_trailers(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<io::Result<Trailers>>> {
        let this = self.project();
        let _entered = this.span.enter();
        this.stream.poll_trailers(cx)
    }
}

impl<S> fmt::Debug for Instrumented<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Instrumented").field("span", &self.span).finish_non_exhaustive()
    }
}
