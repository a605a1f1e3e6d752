//! A poll function as a source.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::{fmt, io};

use bytes::Bytes;
use tokio::io::ReadBuf;

use super::chunked::{Chunked, Chunks};
use super::{Parts, StreamItem};
use crate::adapter::forward;
use crate::{ByteStream, ByteStreamViews, State, Trailers};

/// A [`ByteStream`] over a function that polls for the next chunk: for a type that has a `poll_next` of its own and
/// is no `Stream`, such as the `ByteStream` of the AWS SDK.
///
/// What the function gives is a [`StreamItem`]: a chunk, or the result of one. Chunks pass through with their pointer, empty ones
/// are skipped, and errors enter as [`carry`](crate::error::carry) says. Like any poll function it may return `Pending` only
/// when the waker of the context has been registered.
///
/// The length is unknown. The function is not called again after its end or an error.
///
/// # Cancel safety
///
/// A chunk that has come is kept until it is read, whichever view reads it.
///
/// # Examples
///
/// A `poll_next` takes its `self` pinned. What is `Unpin` is pinned in the call; what is not goes into a box:
///
/// ```
/// use byte_stream::{ByteStreamExt, FromPollFn};
/// use std::pin::Pin;
/// # use bytes::Bytes;
/// # use std::task::{Context, Poll};
/// # struct Object(Vec<&'static str>);
/// # impl Object {
/// #     fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<std::io::Result<Bytes>>> {
/// #         Poll::Ready(self.0.pop().map(|chunk| Ok(chunk.into())))
/// #     }
/// # }
/// # fn get_object() -> Object {
/// #     Object(vec!["world", "hello, "])
/// # }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> std::io::Result<()> {
/// let mut object = get_object();
/// let body = FromPollFn::new(move |cx| Pin::new(&mut object).poll_next(cx));
/// assert_eq!(body.collect_bytes().await?, "hello, world");
///
/// let mut object = Box::pin(get_object());
/// let body = FromPollFn::new(move |cx| object.as_mut().poll_next(cx));
/// assert_eq!(body.collect_bytes().await?, "hello, world");
/// # Ok(())
/// # }
/// ```
#[derive(ByteStreamViews)]
#[byte_stream(crate = crate)]
#[must_use = "a stream does nothing unless it is read"]
pub struct FromPollFn<F> {
    core: Chunked<Calls<F>>,
}

struct Calls<F> {
    f: F,
}

/// A function is never pinned: a call takes it by `&mut`.
impl<F> Unpin for Calls<F> {}

impl<F, T> Chunks for Calls<F>
where
    F: FnMut(&mut Context<'_>) -> Poll<Option<T>>,
    T: StreamItem,
{
    type Item = T;

    #[inline]
    fn poll_next_chunk(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<T>> {
        (self.f)(cx)
    }
}

impl<F, T> FromPollFn<F>
where
    F: FnMut(&mut Context<'_>) -> Poll<Option<T>>,
    T: StreamItem,
{
    /// Wraps a function that polls for the next chunk.
    pub fn new(f: F) -> Self {
        FromPollFn { core: Chunked::new(Calls { f }) }
    }

    /// Wraps a function whose first bytes have been taken already: they come first.
    pub fn with_unread(f: F, unread: Bytes) -> Self {
        FromPollFn { core: Chunked::with_unread(Calls { f }, unread) }
    }
}

impl<F> FromPollFn<F> {
    /// The function. What it polls may be ahead of what has been read.
    pub fn get_ref(&self) -> &F {
        &self.core.get_ref().f
    }

    /// The function. What it gives here is missing from the stream.
    pub fn get_mut(&mut self) -> &mut F {
        &mut self.core.get_mut().f
    }

    /// The function. The unread rest of a chunk is lost; [`into_parts`](Self::into_parts) keeps it.
    pub fn into_inner(self) -> F {
        self.into_parts().source
    }

    /// The function, and what it has given and nobody has read.
    pub fn into_parts(self) -> Parts<F> {
        self.core.into_parts().map_source(|calls| calls.f)
    }
}

/// By hand: a derive could not name the item.
impl<F, T> ByteStream for FromPollFn<F>
where
    F: FnMut(&mut Context<'_>) -> Poll<Option<T>>,
    T: StreamItem,
{
    forward!(self => Pin::new(&mut self.get_mut().core), self.core);
}

impl<F, T> From<F> for FromPollFn<F>
where
    F: FnMut(&mut Context<'_>) -> Poll<Option<T>>,
    T: StreamItem,
{
    fn from(f: F) -> Self {
        Self::new(f)
    }
}

impl<F> fmt::Debug for FromPollFn<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FromPollFn").finish_non_exhaustive()
    }
}
