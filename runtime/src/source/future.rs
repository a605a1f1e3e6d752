//! A stream that is yet to be made.

use std::fmt;
use std::future::Future;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use pin_project_lite::pin_project;
use tokio::io::ReadBuf;

use crate::error::{BoxError, carry};
use crate::stream::{check_consumed, check_max};
use crate::{ByteStream, ByteStreamViews, State, Trailers};

pin_project! {
    /// A [`ByteStream`] that a future makes when it is first read: a request that is sent late, a file that is opened late.
    ///
    /// The future is not polled before somebody reads. An error of it is the stream's first and last, and enters as
    /// [`carry`](crate::error::carry) says. The length is unknown until the future is ready.
    ///
    /// # Cancel safety
    ///
    /// The future stays where it is when a read is dropped.
    ///
    /// # Examples
    ///
    /// ```
    /// use byte_stream::{ByteStream, ByteStreamExt, FromFuture, FromRead};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> std::io::Result<()> {
    /// let missing = FromFuture::new(async {
    ///     let file = tokio::fs::File::open("/no/such/file").await?;
    ///     std::io::Result::Ok(FromRead::new(file))
    /// });
    /// let error = Box::pin(missing).collect_bytes().await.unwrap_err();
    /// assert_eq!(error.kind(), std::io::ErrorKind::NotFound);
    /// # Ok(())
    /// # }
    /// ```
    #[derive(ByteStreamViews)]
    #[byte_stream(crate = crate)]
    #[must_use = "a stream does nothing unless it is read"]
    pub struct FromFuture<F, S> {
        #[pin]
        lazy: Lazy<F, S>,
    }
}

pin_project! {
    #[project = LazyProjection]
    enum Lazy<F, S> {
        Future { #[pin] future: F },
        Stream { #[pin] stream: S },
        Failed,
    }
}

impl<F, S, E> FromFuture<F, S>
where
    F: Future<Output = Result<S, E>>,
    S: ByteStream,
    E: Into<BoxError>,
{
    /// Streams what `future` makes.
    pub fn new(future: F) -> Self {
        FromFuture { lazy: Lazy::Future { future } }
    }

    /// The stream, which is there once the future is ready. `None` if it failed.
    fn poll_stream(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<Option<Pin<&mut S>>>> {
        let mut lazy = self.project().lazy;
        if let LazyProjection::Future { future } = lazy.as_mut().project() {
            match ready!(future.poll(cx)) {
                Ok(stream) => lazy.set(Lazy::Stream { stream }),
                Err(error) => {
                    lazy.set(Lazy::Failed);
                    return Poll::Ready(Err(carry(error)));
                }
            }
        }
        Poll::Ready(Ok(match lazy.project() {
            LazyProjection::Stream { stream } => Some(stream),
            LazyProjection::Future { .. } | LazyProjection::Failed => None,
        }))
    }
}

impl<F, S> FromFuture<F, S> {
    /// The stream, once the future has made it.
    pub fn get_ref(&self) -> Option<&S> {
        match &self.lazy {
            Lazy::Stream { stream } => Some(stream),
            Lazy::Future { .. } | Lazy::Failed => None,
        }
    }

    /// The stream, pinned, once the future has made it.
    pub fn get_pin_mut(self: Pin<&mut Self>) -> Option<Pin<&mut S>> {
        match self.project().lazy.project() {
            LazyProjection::Stream { stream } => Some(stream),
            LazyProjection::Future { .. } | LazyProjection::Failed => None,
        }
    }
}

impl<F, S, E> ByteStream for FromFuture<F, S>
where
    F: Future<Output = Result<S, E>>,
    S: ByteStream,
    E: Into<BoxError>,
{
    fn poll_chunk(self: Pin<&mut Self>, cx: &mut Context<'_>, max: usize) -> Poll<Option<io::Result<Bytes>>> {
        check_max(max);
        match ready!(self.poll_stream(cx))? {
            Some(stream) => stream.poll_chunk(cx, max),
            None => Poll::Ready(None),
        }
    }

    fn poll_peek(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<&[u8]>> {
        match ready!(self.poll_stream(cx))? {
            Some(stream) => stream.poll_peek(cx),
            None => Poll::Ready(Ok(&[])),
        }
    }

    fn poll_lends(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<bool>> {
        match ready!(self.poll_stream(cx))? {
            Some(stream) => stream.poll_lends(cx),
            None => Poll::Ready(Ok(false)),
        }
    }

    fn consume_peeked(self: Pin<&mut Self>, n: usize) {
        match self.get_pin_mut() {
            Some(stream) => stream.consume_peeked(n),
            None => check_consumed(n, 0),
        }
    }

    fn poll_read_into(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        if buf.remaining() == 0 {
            return Poll::Ready(Ok(()));
        }
        match ready!(self.poll_stream(cx))? {
            Some(stream) => stream.poll_read_into(cx, buf),
            None => Poll::Ready(Ok(())),
        }
    }

    fn state(&self) -> State {
        match &self.lazy {
            Lazy::Future { .. } => State::Open,
            Lazy::Stream { stream } => stream.state(),
            Lazy::Failed => State::Failed,
        }
    }

    fn bytes_left(&self) -> (u64, Option<u64>) {
        match &self.lazy {
            Lazy::Future { .. } => (0, None),
            Lazy::Stream { stream } => stream.bytes_left(),
            Lazy::Failed => (0, Some(0)),
        }
    }

    fn poll_trailers(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<io::Result<Trailers>>> {
        match self.get_pin_mut() {
            Some(stream) => stream.poll_trailers(cx),
            None => Poll::Ready(None),
        }
    }
}

impl<F, S, E> From<F> for FromFuture<F, S>
where
    F: Future<Output = Result<S, E>>,
    S: ByteStream,
    E: Into<BoxError>,
{
    fn from(future: F) -> Self {
        Self::new(future)
    }
}

impl<F, S> fmt::Debug for FromFuture<F, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FromFuture").finish_non_exhaustive()
    }
}
