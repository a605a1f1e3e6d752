//! An iterator as a source.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use super::chunked::{Chunked, Chunks};
use super::{Parts, StreamItem};

/// A [`ByteStream`](crate::ByteStream) over an iterator of chunks.
///
/// An item is a [`StreamItem`]: a chunk, or the result of one. The iterator is asked when bytes are, and not again after its
/// end or an error. The length is unknown.
///
/// # Examples
///
/// ```
/// use byte_stream::{ByteStreamExt, FromIter};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> std::io::Result<()> {
/// let numbers = FromIter::new((0..3).map(|n| format!("{n}\n")));
/// assert_eq!(numbers.collect_string().await?, "0\n1\n2\n");
/// # Ok(())
/// # }
/// ```
#[derive(crate::ByteStream)]
#[byte_stream(crate = crate, bound(I: Iterator, I::Item: StreamItem))]
#[must_use = "a stream does nothing unless it is read"]
pub struct FromIter<I> {
    core: Chunked<Items<I>>,
}

struct Items<I> {
    iter: I,
}

/// An iterator is never pinned: `next` takes it by `&mut`.
impl<I> Unpin for Items<I> {}

impl<I> Chunks for Items<I>
where
    I: Iterator,
    I::Item: StreamItem,
{
    type Item = I::Item;

    fn poll_next_chunk(mut self: Pin<&mut Self>, _cx: &mut Context<'_>) -> Poll<Option<I::Item>> {
        Poll::Ready(self.iter.next())
    }
}

impl<I> FromIter<I>
where
    I: Iterator,
    I::Item: StreamItem,
{
    /// Wraps what iterates over chunks.
    pub fn new(iter: impl IntoIterator<IntoIter = I>) -> Self {
        FromIter { core: Chunked::new(Items { iter: iter.into_iter() }) }
    }
}

impl<I> FromIter<I> {
    /// The iterator. It may be ahead of what has been read.
    pub fn get_ref(&self) -> &I {
        &self.core.get_ref().iter
    }

    /// The iterator. What is taken from it here is missing from the stream.
    pub fn get_mut(&mut self) -> &mut I {
        &mut self.core.get_mut().iter
    }

    /// The iterator. The unread rest of a chunk is lost; [`into_parts`](Self::into_parts) keeps it.
    pub fn into_inner(self) -> I {
        self.into_parts().source
    }

    /// The iterator, and what it has handed over and nobody has read.
    pub fn into_parts(self) -> Parts<I> {
        self.core.into_parts().map_source(|items| items.iter)
    }
}

impl<I> From<I> for FromIter<I>
where
    I: Iterator,
    I::Item: StreamItem,
{
    fn from(iter: I) -> Self {
        Self::new(iter)
    }
}

impl<I> fmt::Debug for FromIter<I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FromIter").finish_non_exhaustive()
    }
}
