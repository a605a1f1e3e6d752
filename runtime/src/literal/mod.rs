//! A stream written down: what [`stream!`](crate::stream!) makes.

#![allow(private_bounds, reason = "what a literal is made of has no name")]

mod pace;
mod player;
mod step;

use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::{fmt, io};

use bytes::Bytes;

use crate::adapter::Typed;
use crate::source::{Announced, Chunked, Chunks};
use crate::{StreamError, Trailers};

pub(crate) use player::{Played, Player};
pub use step::Step;

/// A stream written down, step by step: `stream![b"hello ", pending, "world", error(ConnectionReset)]`.
///
/// The literal is a [`StreamLiteral`]: a [`ByteStream`](trait@crate::ByteStream) with every view, which keeps the whole contract. It allocates nothing of
/// its own, and without an expression it can be a `const`. Under the feature `testing` it also turns into foreign sources
/// that keep none of it, to test what wraps them: `raw_stream()`, `raw_reader()`, `raw_body()`.
///
/// # Grammar
///
/// Steps stand between commas. After the last comes the end, unless it is one from which nothing goes on.
///
/// | step | what it does |
/// |---|---|
/// | `b".."`, `".."` | a chunk; an empty one is a chunk without bytes, which only a raw source hands out |
/// | `{expr}` | a chunk from anything that is `Into<Bytes>` |
/// | `b"ab" * 1000`, `".." * {n}`, `{expr} * 2` | the same chunk, again and again; it is there once |
/// | `pending`, `pending * 3` | not now: the task is woken, and the next poll goes on |
/// | `hang` | never: the task is not woken |
/// | `error(ConnectionReset)` | an error of this [`io::ErrorKind`], with no payload |
/// | `error({expr})` | an error from anything that turns into a `Box<dyn Error + Send + Sync>` |
/// | `panic` | a panic: the stream must not be polled here |
/// | `trailers { "x-crc": "..", "x-sum": {expr} }` | trailers (feature `http-body`); a value is a string, or `TryInto<http::HeaderValue>` |
///
/// What is not a step is a method of the literal: [`split_by`](StreamLiteral::split_by),
/// [`declared`](StreamLiteral::declared), [`undeclared`](StreamLiteral::undeclared), [`typed`](StreamLiteral::typed), and
/// `paced` (feature `testing`).
///
/// # Panics
///
/// If the value of a trailer is an expression that makes no header value.
///
/// # Examples
///
/// ```
/// use byte_stream::{ByteStream, ByteStreamExt, StreamLiteral, stream};
/// use std::io;
///
/// const GREETING: StreamLiteral<2> = stream![b"hello ", "world"];
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> io::Result<()> {
/// assert_eq!(GREETING.bytes_left(), (11, Some(11)));
/// assert_eq!(GREETING.collect_bytes().await?, "hello world");
///
/// let name = String::from("world");
/// assert_eq!(stream!["hello ", pending, { name }].collect_bytes().await?, "hello world");
///
/// let broken = stream![b"half" * 500, error(ConnectionReset)];
/// assert_eq!(broken.collect_bytes().await.unwrap_err().kind(), io::ErrorKind::ConnectionReset);
/// # Ok(())
/// # }
/// ```
#[macro_export]
macro_rules! stream {
    ($($steps:tt)*) => { $crate::__private::stream_literal!(($crate) $($steps)*) };
}

/// What [`stream!`](crate::stream!) makes: `N` steps, one after another.
///
/// As a [`ByteStream`](trait@crate::ByteStream) it hands out the chunks with their pointers and keeps the contract: an empty
/// chunk is skipped, an error is the last of it. Its length is exact if nothing but bytes is written. Up to an error, `hang` or
/// trailers it is a lower bound, unless [`declared`](Self::declared) says otherwise.
#[derive(crate::ByteStream)]
#[byte_stream(crate = crate)]
#[must_use = "a stream does nothing unless it is read"]
pub struct StreamLiteral<const N: usize> {
    core: Chunked<Written<N>>,
}

/// The steps as a source of chunks.
struct Written<const N: usize> {
    player: Player<[Step; N]>,
    left: Announced,
    /// A length that was declared stands for the raw sources, too.
    declared: Option<u64>,
    trailers: Option<Trailers>,
}

impl<const N: usize> Chunks for Written<N> {
    type Item = io::Result<Bytes>;

    fn poll_next_chunk(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> {
        let this = self.get_mut();
        Poll::Ready(match ready!(this.player.poll_step(cx)) {
            Some(Played::Chunk(chunk)) => Some(this.left.count(chunk.len()).map(|()| chunk).map_err(io::Error::from)),
            Some(Played::Error(error)) => Some(Err(error)),
            Some(Played::Trailers(more)) => {
                this.trailers.get_or_insert_default().add(more);
                Some(Ok(Bytes::new()))
            }
            None => this.left.end().err().map(|error| Err(error.into())),
        })
    }

    fn bytes_left(&self) -> (u64, Option<u64>) {
        self.left.bytes_left()
    }

    fn is_at_end(&self) -> bool {
        self.left.is_kept() && self.player.is_over()
    }

    fn trailers(self: Pin<&mut Self>) -> Option<&mut Option<Trailers>> {
        Some(&mut self.get_mut().trailers)
    }

    fn has_trailers(&self) -> bool {
        self.trailers.is_some()
    }
}

impl<const N: usize> StreamLiteral<N> {
    /// A stream of these steps.
    pub const fn new(steps: [Step; N]) -> Self {
        let is_over = step::are_nothing(&steps);
        let (least, most) = step::length(&steps);
        let left = Announced::between(least, most);
        let written = Written { player: Player::new(steps), left, declared: None, trailers: None };
        StreamLiteral { core: Chunked::written(written, is_over) }
    }

    /// Splits the chunks: none has more than `size` bytes.
    ///
    /// # Panics
    ///
    /// If `size` is 0.
    ///
    /// # Examples
    ///
    /// ```
    /// use byte_stream::stream;
    /// use futures_util::TryStreamExt;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> std::io::Result<()> {
    /// let chunks: Vec<_> = stream!["hello, ", "world"].split_by(4).try_collect().await?;
    /// assert_eq!(chunks, ["hell", "o, ", "worl", "d"]);
    /// # Ok(())
    /// # }
    /// ```
    pub const fn split_by(mut self, size: usize) -> Self {
        self.core.get_mut().player.split_by(size);
        self
    }

    /// Declares a length in bytes, which may be a lie.
    ///
    /// The literal itself keeps the contract: it fails where the lie comes out, as a body does that was announced longer or shorter than
    /// it is. A raw body tells the lie.
    ///
    /// # Examples
    ///
    /// ```
    /// use byte_stream::{ByteStream, ByteStreamExt, stream};
    /// use std::io;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let short = stream!["hello"].declared(100);
    /// assert_eq!(short.bytes_left(), (100, Some(100)));
    /// assert_eq!(short.collect_bytes().await.unwrap_err().kind(), io::ErrorKind::UnexpectedEof);
    /// # }
    /// ```
    pub const fn declared(self, length: u64) -> Self {
        self.announcing(Announced::exactly(length), Some(length))
    }

    /// Declares no length.
    ///
    /// # Examples
    ///
    /// ```
    /// use byte_stream::{ByteStream, stream};
    ///
    /// assert_eq!(stream!["hello"].undeclared().bytes_left(), (0, None));
    /// ```
    pub const fn undeclared(self) -> Self {
        self.announcing(Announced::NOTHING, None)
    }

    /// Gives the `Stream` and the `Body` view an error of type `E`, where they have an `io::Error` otherwise.
    ///
    /// # Examples
    ///
    /// ```
    /// use byte_stream::{BoxError, stream};
    /// use futures_util::TryStreamExt;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let chunks = stream!["hello", error({ "and no more" })].typed::<BoxError>();
    /// let error: BoxError = chunks.try_collect::<Vec<_>>().await.unwrap_err();
    /// assert_eq!(error.to_string(), "and no more");
    /// # }
    /// ```
    pub const fn typed<E: StreamError>(self) -> Typed<Self, E> {
        Typed::new(self)
    }

    const fn announcing(mut self, left: Announced, declared: Option<u64>) -> Self {
        let written = self.core.get_mut();
        written.left = left;
        written.declared = declared;
        self
    }
}

#[cfg(feature = "testing")]
impl<const N: usize> StreamLiteral<N> {
    /// Waits so long before each chunk, by tokio's clock, which a test may pause.
    ///
    /// # Panics
    ///
    /// When it is polled outside of a tokio runtime with its time enabled.
    ///
    /// # Examples
    ///
    /// ```
    /// use byte_stream::{ByteStreamExt, stream};
    /// use std::time::Duration;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> std::io::Result<()> {
    /// # tokio::time::pause();
    /// let start = tokio::time::Instant::now();
    /// stream![b"slow" * 60].paced(Duration::from_secs(1)).collect_bytes().await?;
    /// assert_eq!(start.elapsed().as_secs(), 60);
    /// # Ok(())
    /// # }
    /// ```
    pub fn paced(mut self, duration: std::time::Duration) -> Self {
        self.core.get_mut().player.pace(duration);
        self
    }

    pub(crate) fn into_player(self) -> (Player<Box<[Step]>>, Option<u64>) {
        let written = self.core.into_parts().source;
        (written.player.map(|steps| -> Box<[Step]> { Box::new(steps) }), written.declared)
    }
}

impl<const N: usize> fmt::Debug for StreamLiteral<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let written = self.core.get_ref();
        f.debug_struct("StreamLiteral").field("player", &written.player).field("left", &written.left).finish()
    }
}
