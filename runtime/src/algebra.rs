//! What a derived type is made of: a sum of products of sources.
//!
//! The derive turns the user's type into the canonical form of it: `()` is the empty stream, a pinned reference is one source,
//! a pair is a sequence, and [`Either`] is a choice. What a sequence and a choice do stands here, and only here.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use tokio::io::ReadBuf;

use crate::{ByteStream, State, Trailers};

/// A choice between the sources of two variants.
#[derive(Clone, Copy)]
pub enum Either<L, R> {
    /// The first variant, or that of the rest which comes first.
    Left(L),
    /// Another.
    Right(R),
}

/// The sources, pinned.
pub trait Pinned<'p>: Sized {
    /// See [`ByteStream::poll_chunk`].
    fn poll_chunk(self, cx: &mut Context<'_>, max: usize) -> Poll<Option<io::Result<Bytes>>>;
    /// See [`ByteStream::poll_peek`].
    fn poll_peek(self, cx: &mut Context<'_>) -> Poll<io::Result<&'p [u8]>>;
    /// See [`ByteStream::consume_peeked`].
    fn consume_peeked(self, n: usize);
    /// See [`ByteStream::poll_read_into`].
    fn poll_read_into(self, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>>;
    /// See [`ByteStream::poll_trailers`].
    fn poll_trailers(self, cx: &mut Context<'_>) -> Poll<Option<io::Result<Trailers>>>;
}

/// The sources, looked at.
pub trait Shared {
    /// See [`ByteStream::state`].
    fn state(self) -> State;
    /// See [`ByteStream::bytes_left`].
    fn bytes_left(self) -> (u64, Option<u64>);
}

/// One source.
impl<'p, S: ByteStream + ?Sized> Pinned<'p> for Pin<&'p mut S> {
    #[inline]
    fn poll_chunk(self, cx: &mut Context<'_>, max: usize) -> Poll<Option<io::Result<Bytes>>> {
        S::poll_chunk(self, cx, max)
    }

    #[inline]
    fn poll_peek(self, cx: &mut Context<'_>) -> Poll<io::Result<&'p [u8]>> {
        S::poll_peek(self, cx)
    }

    #[inline]
    fn consume_peeked(self, n: usize) {
        S::consume_peeked(self, n);
    }

    #[inline]
    fn poll_read_into(self, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        S::poll_read_into(self, cx, buf)
    }

    #[inline]
    fn poll_trailers(self, cx: &mut Context<'_>) -> Poll<Option<io::Result<Trailers>>> {
        S::poll_trailers(self, cx)
    }
}

impl<S: ByteStream + ?Sized> Shared for &S {
    #[inline]
    fn state(self) -> State {
        S::state(self)
    }

    #[inline]
    fn bytes_left(self) -> (u64, Option<u64>) {
        S::bytes_left(self)
    }
}

/// The empty stream.
impl<'p> Pinned<'p> for () {
    fn poll_chunk(mut self, cx: &mut Context<'_>, max: usize) -> Poll<Option<io::Result<Bytes>>> {
        ByteStream::poll_chunk(Pin::new(&mut self), cx, max)
    }

    fn poll_peek(self, _cx: &mut Context<'_>) -> Poll<io::Result<&'p [u8]>> {
        Poll::Ready(Ok(&[]))
    }

    fn consume_peeked(mut self, n: usize) {
        ByteStream::consume_peeked(Pin::new(&mut self), n);
    }

    fn poll_read_into(self, _cx: &mut Context<'_>, _buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_trailers(self, _cx: &mut Context<'_>) -> Poll<Option<io::Result<Trailers>>> {
        Poll::Ready(None)
    }
}

impl Shared for () {
    fn state(self) -> State {
        State::Ended
    }

    fn bytes_left(self) -> (u64, Option<u64>) {
        (0, Some(0))
    }
}

fn is_over<S: ByteStream + ?Sized>(stream: &S) -> bool {
    stream.state().is_over()
}

/// A sequence: the rest has its turn when the first is over, and never if it has failed. Only the trailers of the last are
/// handed out.
impl<'p, S: ByteStream + ?Sized, R: Pinned<'p>> Pinned<'p> for (Pin<&'p mut S>, R) {
    #[inline]
    fn poll_chunk(self, cx: &mut Context<'_>, max: usize) -> Poll<Option<io::Result<Bytes>>> {
        let (mut first, rest) = self;
        if !is_over(&*first) {
            let item = ready!(first.as_mut().poll_chunk(cx, max));
            if item.is_some() || !is_over(&*first) {
                return Poll::Ready(item);
            }
        }
        rest.poll_chunk(cx, max)
    }

    #[inline]
    fn poll_peek(self, cx: &mut Context<'_>) -> Poll<io::Result<&'p [u8]>> {
        let (mut first, rest) = self;
        if !is_over(&*first) {
            let lends = !ready!(first.as_mut().poll_peek(cx))?.is_empty();
            if lends || !is_over(&*first) {
                // Peeking again lends the same, and for as long as the sequence is borrowed.
                return first.poll_peek(cx);
            }
        }
        rest.poll_peek(cx)
    }

    fn consume_peeked(self, n: usize) {
        let (first, rest) = self;
        if is_over(&*first) {
            rest.consume_peeked(n);
        } else {
            first.consume_peeked(n);
        }
    }

    #[inline]
    fn poll_read_into(self, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let (mut first, rest) = self;
        if !is_over(&*first) {
            let before = buf.filled().len();
            ready!(first.as_mut().poll_read_into(cx, buf))?;
            if buf.filled().len() > before || !is_over(&*first) {
                return Poll::Ready(Ok(()));
            }
        }
        rest.poll_read_into(cx, buf)
    }

    fn poll_trailers(self, cx: &mut Context<'_>) -> Poll<Option<io::Result<Trailers>>> {
        let (first, rest) = self;
        if is_over(&*first) { rest.poll_trailers(cx) } else { Poll::Ready(None) }
    }
}

impl<S: ByteStream + ?Sized, R: Shared> Shared for (&S, R) {
    #[inline]
    fn state(self) -> State {
        let (first, rest) = self;
        match ByteStream::state(first) {
            state if state.is_over() => rest.state(),
            state => state,
        }
    }

    #[inline]
    fn bytes_left(self) -> (u64, Option<u64>) {
        let (first, rest) = self;
        match ByteStream::state(first) {
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
    fn poll_chunk(self, cx: &mut Context<'_>, max: usize) -> Poll<Option<io::Result<Bytes>>> {
        choose!(self, of => of.poll_chunk(cx, max))
    }

    #[inline]
    fn poll_peek(self, cx: &mut Context<'_>) -> Poll<io::Result<&'p [u8]>> {
        choose!(self, of => of.poll_peek(cx))
    }

    #[inline]
    fn consume_peeked(self, n: usize) {
        choose!(self, of => of.consume_peeked(n));
    }

    #[inline]
    fn poll_read_into(self, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        choose!(self, of => of.poll_read_into(cx, buf))
    }

    #[inline]
    fn poll_trailers(self, cx: &mut Context<'_>) -> Poll<Option<io::Result<Trailers>>> {
        choose!(self, of => of.poll_trailers(cx))
    }
}

impl<L: Shared, R: Shared> Shared for Either<L, R> {
    #[inline]
    fn state(self) -> State {
        choose!(self, of => of.state())
    }

    #[inline]
    fn bytes_left(self) -> (u64, Option<u64>) {
        choose!(self, of => of.bytes_left())
    }
}
