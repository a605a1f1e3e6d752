//! What a derived type is made of: a sum of products of sources.
//!
//! The derive turns the user's type into its canonical form: `()` is the empty stream, a reference is one [`Source`], a pair is
//! a sequence, and [`Either`] is a choice. What a sequence and a choice do stands here, and only here.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use tokio::io::ReadBuf;

use crate::stream::check_max;
use crate::{ByteStream, State, Trailers};

/// A choice between the sources of two variants.
pub enum Either<L, R> {
    /// The first variant, or that of the rest which comes first.
    Left(L),
    /// Another.
    Right(R),
}

/// The sources, pinned.
pub trait Pinned<'p>: Sized {
    /// See [`ByteStream::poll_chunk`].
    fn poll_chunk(&mut self, cx: &mut Context<'_>, max: usize) -> Poll<Option<io::Result<Bytes>>>;
    /// Whether [`poll_peek`](Self::poll_peek) lends anything.
    fn poll_lends(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<bool>>;
    /// See [`ByteStream::poll_peek`]. What it lends outlives the form, as the pinned sources do.
    fn poll_peek(self, cx: &mut Context<'_>) -> Poll<io::Result<&'p [u8]>>;
    /// See [`ByteStream::consume_peeked`].
    fn consume_peeked(&mut self, n: usize);
    /// See [`ByteStream::poll_read_into`].
    fn poll_read_into(&mut self, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>>;
    /// See [`ByteStream::state`].
    fn state(&self) -> State;
    /// See [`ByteStream::poll_trailers`].
    fn poll_trailers(&mut self, cx: &mut Context<'_>) -> Poll<Option<io::Result<Trailers>>>;
}

/// The sources, looked at.
pub trait Shared: Sized {
    /// See [`ByteStream::state`].
    fn state(&self) -> State;
    /// See [`ByteStream::bytes_left`].
    fn bytes_left(&self) -> (u64, Option<u64>);
}

/// What is known of a source of this type: that it is one.
///
/// The expansion names it together with the type of the field, so that a field which is none is what the compiler's message points
/// at. The bound stands here alone, and all that comes of it is opaque: said twice, it would be two messages.
#[inline]
pub const fn source<S: ByteStream + ?Sized>() -> impl Source<S> {
    Proven
}

/// See [`source`].
pub trait Source<S: ?Sized>: Sized {
    /// The source, pinned.
    fn pinned<'p>(self, source: Pin<&'p mut S>) -> impl Pinned<'p> + use<'p, S, Self>;
    /// The source, looked at.
    fn shared<'s>(self, source: &'s S) -> impl Shared + use<'s, S, Self>;
}

struct Proven;

impl<S: ByteStream + ?Sized> Source<S> for Proven {
    #[inline]
    fn pinned<'p>(self, source: Pin<&'p mut S>) -> impl Pinned<'p> + use<'p, S> {
        One(source)
    }

    #[inline]
    fn shared<'s>(self, source: &'s S) -> impl Shared + use<'s, S> {
        One(source)
    }
}

struct One<P>(P);

impl<'p, S: ByteStream + ?Sized> Pinned<'p> for One<Pin<&'p mut S>> {
    #[inline]
    fn poll_chunk(&mut self, cx: &mut Context<'_>, max: usize) -> Poll<Option<io::Result<Bytes>>> {
        self.0.as_mut().poll_chunk(cx, max)
    }

    #[inline]
    fn poll_lends(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<bool>> {
        self.0.as_mut().poll_lends(cx)
    }

    #[inline]
    fn poll_peek(self, cx: &mut Context<'_>) -> Poll<io::Result<&'p [u8]>> {
        self.0.poll_peek(cx)
    }

    #[inline]
    fn consume_peeked(&mut self, n: usize) {
        self.0.as_mut().consume_peeked(n);
    }

    #[inline]
    fn poll_read_into(&mut self, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        self.0.as_mut().poll_read_into(cx, buf)
    }

    #[inline]
    fn state(&self) -> State {
        self.0.state()
    }

    #[inline]
    fn poll_trailers(&mut self, cx: &mut Context<'_>) -> Poll<Option<io::Result<Trailers>>> {
        self.0.as_mut().poll_trailers(cx)
    }
}

impl<S: ByteStream + ?Sized> Shared for One<&S> {
    #[inline]
    fn state(&self) -> State {
        self.0.state()
    }

    #[inline]
    fn bytes_left(&self) -> (u64, Option<u64>) {
        self.0.bytes_left()
    }
}

/// The empty stream.
impl<'p> Pinned<'p> for () {
    #[inline]
    fn poll_chunk(&mut self, _cx: &mut Context<'_>, max: usize) -> Poll<Option<io::Result<Bytes>>> {
        check_max(max);
        Poll::Ready(None)
    }

    fn poll_lends(&mut self, _cx: &mut Context<'_>) -> Poll<io::Result<bool>> {
        Poll::Ready(Ok(false))
    }

    fn poll_peek(self, _cx: &mut Context<'_>) -> Poll<io::Result<&'p [u8]>> {
        Poll::Ready(Ok(&[]))
    }

    fn consume_peeked(&mut self, n: usize) {
        ByteStream::consume_peeked(Pin::new(self), n);
    }

    fn poll_read_into(&mut self, _cx: &mut Context<'_>, _buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn state(&self) -> State {
        State::Ended
    }

    fn poll_trailers(&mut self, _cx: &mut Context<'_>) -> Poll<Option<io::Result<Trailers>>> {
        Poll::Ready(None)
    }
}

impl Shared for () {
    fn state(&self) -> State {
        State::Ended
    }

    fn bytes_left(&self) -> (u64, Option<u64>) {
        (0, Some(0))
    }
}

/// The state of a sequence: that of the first source which is not over, or of the last.
#[inline]
fn in_sequence(first: State, rest: impl FnOnce() -> State) -> State {
    if first.is_over() { rest() } else { first }
}

/// A sequence: the rest has its turn when the first is over, and never if it has failed. Only the trailers of the last are
/// handed out.
impl<'p, F: Pinned<'p>, R: Pinned<'p>> Pinned<'p> for (F, R) {
    #[inline]
    fn poll_chunk(&mut self, cx: &mut Context<'_>, max: usize) -> Poll<Option<io::Result<Bytes>>> {
        let (first, rest) = self;
        if !first.state().is_over() {
            let item = ready!(first.poll_chunk(cx, max));
            if item.is_some() || !first.state().is_over() {
                return Poll::Ready(item);
            }
        }
        rest.poll_chunk(cx, max)
    }

    #[inline]
    fn poll_lends(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<bool>> {
        let (first, rest) = self;
        if !first.state().is_over() {
            let lends = ready!(first.poll_lends(cx))?;
            if lends || !first.state().is_over() {
                return Poll::Ready(Ok(lends));
            }
        }
        rest.poll_lends(cx)
    }

    #[inline]
    fn poll_peek(self, cx: &mut Context<'_>) -> Poll<io::Result<&'p [u8]>> {
        let (mut first, rest) = self;
        if !first.state().is_over() {
            // Peeking again lends the same.
            if ready!(first.poll_lends(cx))? || !first.state().is_over() {
                return first.poll_peek(cx);
            }
        }
        rest.poll_peek(cx)
    }

    fn consume_peeked(&mut self, n: usize) {
        let (first, rest) = self;
        if first.state().is_over() {
            rest.consume_peeked(n);
        } else {
            first.consume_peeked(n);
        }
    }

    #[inline]
    fn poll_read_into(&mut self, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let (first, rest) = self;
        if !first.state().is_over() {
            let before = buf.filled().len();
            ready!(first.poll_read_into(cx, buf))?;
            if buf.filled().len() > before || !first.state().is_over() {
                return Poll::Ready(Ok(()));
            }
        }
        rest.poll_read_into(cx, buf)
    }

    #[inline]
    fn state(&self) -> State {
        let (first, rest) = self;
        in_sequence(first.state(), || rest.state())
    }

    fn poll_trailers(&mut self, cx: &mut Context<'_>) -> Poll<Option<io::Result<Trailers>>> {
        let (first, rest) = self;
        if first.state().is_over() { rest.poll_trailers(cx) } else { Poll::Ready(None) }
    }
}

impl<F: Shared, R: Shared> Shared for (F, R) {
    #[inline]
    fn state(&self) -> State {
        let (first, rest) = self;
        in_sequence(first.state(), || rest.state())
    }

    #[inline]
    fn bytes_left(&self) -> (u64, Option<u64>) {
        let (first, rest) = self;
        match first.state() {
            State::Failed => (0, Some(0)),
            State::Trailers | State::Ended => rest.bytes_left(),
            State::Open => {
                let (least, most) = first.bytes_left();
                let (rest_least, rest_most) = rest.bytes_left();
                let most = most.zip(rest_most).and_then(|(most, rest_most)| most.checked_add(rest_most));
                (least.saturating_add(rest_least), most)
            }
        }
    }
}

/// A choice: whichever it holds.
macro_rules! choose {
    ($either:expr, $of:ident => $call:expr) => {
        match $either {
            Either::Left($of) => $call,
            Either::Right($of) => $call,
        }
    };
}

impl<'p, L: Pinned<'p>, R: Pinned<'p>> Pinned<'p> for Either<L, R> {
    #[inline]
    fn poll_chunk(&mut self, cx: &mut Context<'_>, max: usize) -> Poll<Option<io::Result<Bytes>>> {
        choose!(self, of => of.poll_chunk(cx, max))
    }

    #[inline]
    fn poll_lends(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<bool>> {
        choose!(self, of => of.poll_lends(cx))
    }

    #[inline]
    fn poll_peek(self, cx: &mut Context<'_>) -> Poll<io::Result<&'p [u8]>> {
        choose!(self, of => of.poll_peek(cx))
    }

    #[inline]
    fn consume_peeked(&mut self, n: usize) {
        choose!(self, of => of.consume_peeked(n));
    }

    #[inline]
    fn poll_read_into(&mut self, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        choose!(self, of => of.poll_read_into(cx, buf))
    }

    #[inline]
    fn state(&self) -> State {
        choose!(self, of => of.state())
    }

    #[inline]
    fn poll_trailers(&mut self, cx: &mut Context<'_>) -> Poll<Option<io::Result<Trailers>>> {
        choose!(self, of => of.poll_trailers(cx))
    }
}

impl<L: Shared, R: Shared> Shared for Either<L, R> {
    #[inline]
    fn state(&self) -> State {
        choose!(self, of => of.state())
    }

    #[inline]
    fn bytes_left(&self) -> (u64, Option<u64>) {
        choose!(self, of => of.bytes_left())
    }
}
