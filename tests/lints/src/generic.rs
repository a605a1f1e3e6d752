//! Every kind of parameter.

use std::marker::PhantomData;

use byte_stream::{ByteStream, FromIter, StreamError, StreamLiteral};
use bytes::Bytes;

/// A constant.
#[derive(Debug, ByteStream)]
pub struct Constant<const N: usize>(pub StreamLiteral<N>);

/// A lifetime, a type and a constant.
#[derive(Debug, ByteStream)]
pub struct Repeated<'a, S, T, const N: usize>
where
    S: Into<Bytes> + 'static,
    T: ?Sized,
{
    #[byte_stream(source)]
    array: FromIter<std::array::IntoIter<std::io::Result<S>, N>>,
    of: &'a T,
}

impl<'a, S, T, const N: usize> Repeated<'a, S, T, N>
where
    S: Into<Bytes> + 'static,
    T: ?Sized,
{
    /// Makes one.
    pub fn new(array: [std::io::Result<S>; N], of: &'a T) -> Self {
        Self { array: FromIter::new(array), of }
    }

    /// What it is the array of.
    #[must_use]
    pub const fn of(&self) -> &'a T {
        self.of
    }
}

/// Defaults.
#[derive(Debug, Clone, ByteStream)]
pub struct Defaulted<S = Bytes, const N: usize = 3> {
    /// What it streams.
    #[byte_stream(source)]
    pub source: S,
    /// And what not.
    pub rest: [u8; N],
}

/// It may end in something without a size.
#[derive(Debug, ByteStream)]
pub struct Tail<S: ?Sized> {
    /// First.
    #[byte_stream(source)]
    pub head: Bytes,
    /// Then.
    #[byte_stream(source)]
    pub tail: S,
}

/// What it is bound to is written.
#[derive(Debug, ByteStream)]
#[byte_stream(bound(S: ByteStream, E: Send), error = E)]
pub struct Bounded<S, E: StreamError>(#[byte_stream(source)] pub S, pub PhantomData<E>);

/// Something with a body.
pub trait Connection {
    /// Its body.
    type Body<'a>
    where
        Self: 'a;
}

/// A source that is named by a trait.
#[derive(ByteStream)]
#[allow(missing_debug_implementations, reason = "it would be longer than the rest")]
pub struct Projected<'a, C: Connection + 'a>(pub C::Body<'a>);
