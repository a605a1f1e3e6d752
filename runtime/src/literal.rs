//! The `stream!` literal.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;

use crate::{ByteStream, ByteStreamViews, State};

/// A stream written down, one chunk an item: `stream![b"hello ", "world"]`.
///
/// An item is a byte string, a string, or any expression in braces that turns `Into<Bytes>`. The chunks come as they
/// are written; an empty one is no chunk. The literal is a [`StreamLiteral`], allocates nothing of its own, and has every view.
/// Without an expression it can be a `const`.
///
/// # Examples
///
/// ```
/// use byte_stream::{ByteStream, ByteStreamExt, StreamLiteral, stream};
///
/// const GREETING: StreamLiteral<2> = stream![b"hello ", "world"];
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> std::io::Result<()> {
/// assert_eq!(GREETING.bytes_left(), (11, Some(11)));
/// assert_eq!(GREETING.collect_bytes().await?, "hello world");
///
/// let name = String::from("world");
/// assert_eq!(stream!["hello ", { name }].collect_bytes().await?, "hello world");
/// # Ok(())
/// # }
/// ```
#[macro_export]
macro_rules! stream {
    ($($items:tt)*) => { $crate::__private::stream_literal!(($crate) $($items)*) };
}

/// What [`stream!`](crate::stream!) makes: `N` chunks, one after another.
#[derive(Clone, Debug, ByteStreamViews)]
#[byte_stream(crate = crate)]
#[must_use = "a stream does nothing unless it is read"]
pub struct StreamLiteral<const N: usize> {
    chunks: [Bytes; N],
}

impl<const N: usize> StreamLiteral<N> {
    /// A stream of these chunks. An empty one is skipped.
    pub const fn new(chunks: [Bytes; N]) -> Self {
        StreamLiteral { chunks }
    }

    /// The first chunk of which something is left.
    fn current(self: Pin<&mut Self>) -> Option<Pin<&mut Bytes>> {
        self.get_mut().chunks.iter_mut().find(|chunk| !chunk.is_empty()).map(Pin::new)
    }
}

impl<const N: usize> ByteStream for StreamLiteral<N> {
    fn poll_chunk(self: Pin<&mut Self>, cx: &mut Context<'_>, max: usize) -> Poll<Option<io::Result<Bytes>>> {
        ByteStream::poll_chunk(Pin::new(&mut self.current()), cx, max)
    }

    fn poll_peek(self: Pin<&mut Self>, _cx: &mut Context<'_>) -> Poll<io::Result<&[u8]>> {
        Poll::Ready(Ok(self.current().map_or(&[], |chunk| chunk.get_mut())))
    }

    fn consume_peeked(self: Pin<&mut Self>, n: usize) {
        ByteStream::consume_peeked(Pin::new(&mut self.current()), n);
    }

    fn state(&self) -> State {
        if self.chunks.iter().all(Bytes::is_empty) { State::Ended } else { State::Open }
    }

    fn bytes_left(&self) -> (u64, Option<u64>) {
        let left = self.chunks.iter().map(|chunk| chunk.len() as u64).sum();
        (left, Some(left))
    }
}
