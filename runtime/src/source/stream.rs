//! A foreign `Stream` as a source.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::{fmt, io};

use bytes::Bytes;
use futures_core::Stream;
use pin_project_lite::pin_project;

use super::chunked::{Chunked, Chunks};
use super::entry::{MapError, WithKind};
use super::{Parts, StreamItem};
use crate::error::BoxError;

/// A [`ByteStream`](crate::ByteStream) over a foreign `Stream` of chunks.
///
/// Its inverse is the `Stream` view, which every `ByteStream` has. An item is a [`StreamItem`]: a chunk, or the result of one.
/// Chunks pass through with their pointer, empty ones are skipped, and errors enter as [`carry`](crate::error::carry) says:
/// nothing has to be mapped.
///
/// The length is unknown. The stream is not polled again after its end or an error.
///
/// # Cancel safety
///
/// A chunk that has come is kept until it is read, whichever view reads it.
///
/// # Examples
///
/// ```
/// use byte_stream::FromStream;
/// use futures_util::stream;
/// use tokio::io::AsyncReadExt;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> std::io::Result<()> {
/// let mut body = FromStream::new(stream::iter(["hello, ", "world"]));
/// let mut text = String::new();
/// body.read_to_string(&mut text).await?;
/// assert_eq!(text, "hello, world");
/// # Ok(())
/// # }
/// ```
#[derive(crate::ByteStream)]
#[byte_stream(crate = crate, project, bound(S: Stream, S::Item: StreamItem))]
#[must_use = "a stream does nothing unless it is read"]
pub struct FromStream<S> {
    core: Chunked<Items<S>>,
}

pin_project! {
    struct Items<S> {
        #[pin]
        stream: S,
    }
}

impl<S> Chunks for Items<S>
where
    S: Stream,
    S::Item: StreamItem,
{
    type Item = S::Item;

    #[inline]
    fn poll_next_chunk(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<S::Item>> {
        self.project().stream.poll_next(cx)
    }
}

impl<S> FromStream<S>
where
    S: Stream,
    S::Item: StreamItem,
{
    /// Wraps a stream.
    pub fn new(stream: S) -> Self {
        FromStream { core: Chunked::new(Items { stream }) }
    }

    /// Wraps a stream of which some bytes have been taken already: they come first.
    pub fn with_unread(stream: S, unread: Bytes) -> Self {
        FromStream { core: Chunked::with_unread(Items { stream }, unread) }
    }
}

impl<S> FromStream<S> {
    /// Lets `kind` say of what kind the stream's errors are. The error itself stays the payload.
    ///
    /// # Examples
    ///
    /// ```
    /// use byte_stream::{ByteStreamExt, FromStream};
    /// use futures_util::stream;
    /// use std::io;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let slow = stream::iter([Ok("first"), Err("too slow")]);
    /// let body = FromStream::new(slow).with_kind(|_| io::ErrorKind::TimedOut);
    /// let error = body.collect_bytes().await.unwrap_err();
    /// assert_eq!(error.kind(), io::ErrorKind::TimedOut);
    /// assert_eq!(error.get_ref().unwrap().to_string(), "too slow");
    /// # }
    /// ```
    pub fn with_kind<B, E, F>(self, kind: F) -> FromStream<WithKind<S, F>>
    where
        S: Stream<Item = Result<B, E>>,
        F: FnMut(&E) -> io::ErrorKind,
    {
        FromStream { core: self.core.map(|items| Items { stream: WithKind::new(items.stream, kind) }) }
    }

    /// Replaces the stream's errors whole.
    pub fn map_error<B, E, F, T>(self, map: F) -> FromStream<MapError<S, F>>
    where
        S: Stream<Item = Result<B, E>>,
        F: FnMut(E) -> T,
        T: Into<BoxError>,
    {
        FromStream { core: self.core.map(|items| Items { stream: MapError::new(items.stream, map) }) }
    }

    /// The stream. It may be ahead of what has been read.
    pub fn get_ref(&self) -> &S {
        &self.core.get_ref().stream
    }

    /// The stream. What is taken from it here is missing from this one.
    pub fn get_mut(&mut self) -> &mut S {
        &mut self.core.get_mut().stream
    }

    /// The stream, pinned.
    pub fn get_pin_mut(self: Pin<&mut Self>) -> Pin<&mut S> {
        self.project().core.get_pin_mut().project().stream
    }

    /// The stream. The unread rest of a chunk is lost; [`into_parts`](Self::into_parts) keeps it.
    pub fn into_inner(self) -> S {
        self.into_parts().source
    }

    /// The stream, and what it has handed over and nobody has read.
    pub fn into_parts(self) -> Parts<S> {
        self.core.into_parts().map_source(|items| items.stream)
    }
}

impl<S> From<S> for FromStream<S>
where
    S: Stream,
    S::Item: StreamItem,
{
    fn from(stream: S) -> Self {
        Self::new(stream)
    }
}

impl<S> fmt::Debug for FromStream<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FromStream").finish_non_exhaustive()
    }
}
