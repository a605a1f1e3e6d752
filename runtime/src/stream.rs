//! The core trait.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use tokio::io::ReadBuf;

use crate::Trailers;

/// How far a [`ByteStream`] has come. It never goes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// There may be more bytes.
    Open,
    /// The bytes have ended well, and trailers wait for [`poll_trailers`](ByteStream::poll_trailers).
    Trailers,
    /// Everything has been handed out.
    Ended,
    /// An error has been reported. Nothing more comes.
    Failed,
}

impl State {
    /// Whether the bytes have ended without an error: the next source of a sequence has its turn.
    #[must_use]
    pub const fn is_over(self) -> bool {
        matches!(self, State::Trailers | State::Ended)
    }
}

/// An asynchronous stream of bytes: the one trait below every view.
///
/// Derive it with `#[derive(ByteStream)]`; wrap what is not one in an adapter of [`source`](crate::source). Whoever
/// writes it by hand gets the views with `#[derive(ByteStreamViews)]`.
///
/// Most callers never name a method of this trait. They read the value as what they already know (a `Stream`, a reader,
/// a body), or through [`ByteStreamExt`](crate::ByteStreamExt).
///
/// # Contract
///
/// 1. An empty chunk is never handed out.
/// 2. The end is final. From the moment it is reported, an empty peek included, [`state`](Self::state) is not
///    [`State::Open`].
/// 3. An error is reported once, after all bytes before it; then the state is [`State::Failed`] and nothing more comes. A
///    call that returns an error has delivered no byte.
/// 4. A read into an empty buffer returns at once, polls nothing, and is not the end.
/// 5. The methods may be mixed at any point; a call that returned `Pending` has lost nothing.
/// 6. `Pending` is returned only with the current task's waker registered.
/// 7. [`bytes_left`](Self::bytes_left) never lies: what is delivered lies within the bounds it gave, unless an error
///    ends the stream.
/// 8. After a peek that lent bytes, peeking again lends the same bytes and polls nothing.
///
/// # Examples
///
/// ```
/// use byte_stream::{ByteStream, ByteStreamExt, State};
/// use bytes::Bytes;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> std::io::Result<()> {
/// let mut stream = Bytes::from_static(b"hello");
/// assert_eq!(stream.bytes_left(), (5, Some(5)));
/// assert_eq!((&mut stream).collect_bytes().await?, "hello");
/// assert_eq!(stream.state(), State::Ended);
/// # Ok(())
/// # }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a `ByteStream`",
    label = "this is not a `ByteStream`",
    note = "a type of your own: `#[derive(ByteStream)]`, or an impl by hand and `#[derive(ByteStreamViews)]`",
    note = "a `Stream` of chunks: wrap it in `FromStream`; an iterator of chunks: `FromIter`",
    note = "a tokio reader: wrap it in `FromRead` or `FromBufRead`",
    note = "a file: wrap it in `FromFile` (feature `file`), which opens a path with `FromFile::open(path)`; a \
            `tokio::fs::File` fits `FromRead`, too",
    note = "a futures reader: wrap it in `FromFuturesRead` or `FromFuturesBufRead`",
    note = "an `http_body::Body`: wrap it in `FromBody`",
    note = "bytes in memory: `Bytes`, which `Vec<u8>`, `String`, `&'static [u8]` and `&'static str` turn into"
)]
pub trait ByteStream {
    /// Takes the next chunk: at least one byte of it and at most `max`, without a copy where the source has chunks.
    ///
    /// `None` is the end, or that the stream has failed before.
    ///
    /// # Panics
    ///
    /// May panic if `max` is 0: there is no chunk of no bytes.
    fn poll_chunk(self: Pin<&mut Self>, cx: &mut Context<'_>, max: usize) -> Poll<Option<io::Result<Bytes>>>;

    /// Lends unread bytes. Lending none says that there are no more.
    ///
    /// Bytes that are lent stay unread until [`consume_peeked`](Self::consume_peeked).
    fn poll_peek(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<&[u8]>>;

    /// Is done with the first `n` of the bytes that [`poll_peek`](Self::poll_peek) lent.
    ///
    /// # Panics
    ///
    /// If `n` is larger than what was lent.
    fn consume_peeked(self: Pin<&mut Self>, n: usize);

    /// Appends bytes to `buf`: none, with room left, is the end.
    ///
    /// Provided through [`poll_peek`](Self::poll_peek). A reader overrides it to read straight into `buf`, and then reads
    /// no further than `buf` has room.
    fn poll_read_into(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        if buf.remaining() == 0 {
            return Poll::Ready(Ok(()));
        }
        let lent = ready!(self.as_mut().poll_peek(cx))?;
        let n = lent.len().min(buf.remaining());
        if n > 0 {
            buf.put_slice(&lent[..n]);
            self.consume_peeked(n);
        }
        Poll::Ready(Ok(()))
    }

    /// Whether [`poll_peek`](Self::poll_peek) lends anything. Who must look before it lends asks this, and a stack of such adapters
    /// asks once a layer; to peek twice in each would double with every layer.
    #[doc(hidden)]
    fn poll_lends(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<bool>> {
        self.poll_peek(cx).map_ok(|lent| !lent.is_empty())
    }

    /// How far the stream has come: the one truth about its end.
    fn state(&self) -> State;

    /// How many bytes are still to come: at least, and at most where that is known. Lent bytes count as still to come.
    ///
    /// `(0, Some(0))` unless the state is [`State::Open`]. This counts bytes; `Stream::size_hint` counts items.
    fn bytes_left(&self) -> (u64, Option<u64>);

    /// Takes the trailers, once, after the bytes have ended.
    ///
    /// `None` where there are none, before the end of the bytes, and ever after. Provided: `None`.
    fn poll_trailers(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<io::Result<Trailers>>> {
        let _ = cx;
        Poll::Ready(None)
    }
}

/// The chunk, moved field by field. A source has just stored it that way, and to load two fields at once waits until both stores have
/// got through to the cache: about 5 ns. That the length is looked at once more here keeps the compiler from doing so; it costs nothing.
#[doc(hidden)]
#[inline]
pub fn by_fields(mut chunk: Bytes) -> Bytes {
    chunk.truncate(chunk.len());
    chunk
}

/// What [`ByteStream::poll_chunk`] may panic for.
#[inline]
#[track_caller]
pub(crate) fn check_max(max: usize) {
    assert!(max > 0, "a chunk of at most 0 bytes was asked for: there is no empty chunk");
}

/// What [`ByteStream::consume_peeked`] panics for.
#[inline]
#[track_caller]
pub(crate) fn check_consumed(n: usize, lent: usize) {
    // The message has its own function: what it shows would have to be in memory.
    #[cold]
    #[track_caller]
    fn too_many(n: usize, lent: usize) -> ! {
        panic!("{n} bytes were consumed, but only {lent} were lent");
    }
    if n > lent {
        too_many(n, lent);
    }
}
