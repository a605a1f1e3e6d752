//! Structs and enums of every shape, and the views of each kind.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use byte_stream::{ByteStream, ByteStreamViews, FromBufRead, FromRead, State};
use bytes::Bytes;

use crate::Failure;

/// Nothing.
#[derive(Debug, Clone, Copy, ByteStream)]
pub struct Unit;

/// Nothing, in braces.
#[derive(Debug, Clone, Copy, ByteStream)]
pub struct Empty {}

/// One source.
#[derive(Debug, Clone, PartialEq, Eq, ByteStream)]
pub struct Named {
    body: Bytes,
}

impl Named {
    /// Makes one.
    #[must_use]
    pub const fn new(body: Bytes) -> Self {
        Self { body }
    }
}

/// A private type inside of a public one is no leak.
#[derive(Debug, ByteStream)]
pub struct Decoder<R>(Inner<R>);

#[derive(Debug, ByteStream)]
enum Inner<R> {
    Identity(FromBufRead<R>),
    Twice {
        #[byte_stream(source)]
        head: FromBufRead<R>,
        #[byte_stream(source)]
        tail: FromBufRead<R>,
    },
}

impl<R> Decoder<R> {
    /// Makes one.
    #[must_use]
    pub const fn new(body: FromBufRead<R>) -> Self {
        Self(Inner::Identity(body))
    }

    /// Makes one of two.
    #[must_use]
    pub const fn twice(head: FromBufRead<R>, tail: FromBufRead<R>) -> Self {
        Self(Inner::Twice { head, tail })
    }
}

/// Every kind of variant.
#[derive(Debug, ByteStream)]
#[byte_stream(only(stream, tokio, futures, body))]
pub enum Every<S, R> {
    /// One source.
    Lone(FromRead<R>),
    /// Several, among other things.
    Several {
        /// What it is called.
        name: String,
        /// First.
        #[byte_stream(source)]
        head: S,
        /// Then.
        #[byte_stream(source)]
        tail: FromRead<R>,
        /// At last.
        #[byte_stream(source)]
        rest: Option<S>,
    },
    /// Several without names.
    Pair(#[byte_stream(source)] S, #[byte_stream(source)] Option<S>, usize),
    /// None.
    #[byte_stream(empty)]
    Held(String, usize),
    /// Nothing.
    Nothing,
}

/// Of one variant more than of two.
#[derive(Debug, Clone, ByteStream)]
#[byte_stream(skip(body))]
#[allow(missing_docs, reason = "they differ in nothing")]
pub enum Many {
    A(Bytes),
    B(Bytes),
    C(Bytes),
    D(Bytes),
    E(Bytes),
}

/// One view.
#[derive(Debug, Clone, ByteStream)]
#[byte_stream(only(stream))]
pub struct Only<S>(S);

impl<S> Only<S> {
    /// Makes one.
    pub const fn new(source: S) -> Self {
        Self(source)
    }
}

/// The runtimes' views, too.
#[cfg(target_os = "linux")]
#[derive(Debug, ByteStream)]
#[byte_stream(skip(futures, body), compio_0_10, monoio_0_2)]
pub struct Skip<'a, S: ?Sized> {
    #[byte_stream(source)]
    source: &'a mut S,
    name: &'a str,
}

#[cfg(target_os = "linux")]
impl<'a, S: ?Sized> Skip<'a, S> {
    /// Makes one.
    pub const fn new(source: &'a mut S, name: &'a str) -> Self {
        Self { source, name }
    }

    /// What it is called.
    #[must_use]
    pub const fn name(&self) -> &str {
        self.name
    }
}

/// With an error of its own, and the path written.
#[derive(Debug, ByteStream)]
#[byte_stream(error = Failure, crate = byte_stream)]
pub struct Typed<S>(pub S);

/// It holds itself.
#[derive(Debug, ByteStream)]
#[allow(clippy::use_self, reason = "once by its name")]
pub enum Tree {
    /// The end of a branch.
    Leaf(Bytes),
    /// A branch.
    Branch(#[byte_stream(source)] Box<Self>, #[byte_stream(source)] Box<Tree>),
}

/// The core by hand.
#[derive(Debug, Clone, ByteStreamViews)]
#[byte_stream(error = Failure)]
pub struct ByHand<S>(pub S);

impl<S: ByteStream + Unpin> ByteStream for ByHand<S> {
    fn poll_chunk(mut self: Pin<&mut Self>, cx: &mut Context<'_>, max: usize) -> Poll<Option<io::Result<Bytes>>> {
        Pin::new(&mut self.0).poll_chunk(cx, max)
    }

    fn poll_peek(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<&[u8]>> {
        Pin::new(&mut self.get_mut().0).poll_peek(cx)
    }

    fn consume_peeked(mut self: Pin<&mut Self>, n: usize) {
        Pin::new(&mut self.0).consume_peeked(n);
    }

    fn state(&self) -> State {
        self.0.state()
    }

    fn bytes_left(&self) -> (u64, Option<u64>) {
        self.0.bytes_left()
    }
}
