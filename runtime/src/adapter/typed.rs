//! A stream with an error type of its own.

use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;

use crate::{ByteStream, StreamError};

/// Gives the `Stream` and the `Body` view of a stream an error of type `E`.
///
/// It is to any stream what `#[byte_stream(error = E)]` is to a derived type: each error becomes what
/// [`StreamError::from_io`] makes of it. The readers keep `io::Error`. Its inverse is [`into_inner`](Self::into_inner).
///
/// # Examples
///
/// ```
/// use byte_stream::adapter::Typed;
/// use byte_stream::{BoxError, stream};
/// use futures_util::StreamExt;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let mut body = Typed::<_, BoxError>::new(stream![error({ "no such bucket" })]);
/// let error: BoxError = body.next().await.unwrap().unwrap_err();
/// assert_eq!(error.to_string(), "no such bucket");
/// # }
/// ```
#[derive(crate::ByteStream)]
#[byte_stream(crate = crate, project, error = E, bound(S: ByteStream, E: StreamError))]
#[must_use = "a stream does nothing unless it is read"]
pub struct Typed<S, E> {
    #[byte_stream(source)]
    stream: S,
    error: PhantomData<fn() -> E>,
}

impl<S, E> Typed<S, E> {
    /// Gives errors of type `E` to `stream`.
    pub const fn new(stream: S) -> Self {
        Typed { stream, error: PhantomData }
    }

    /// The stream.
    pub const fn get_ref(&self) -> &S {
        &self.stream
    }

    /// The stream.
    pub const fn get_mut(&mut self) -> &mut S {
        &mut self.stream
    }

    /// The stream, pinned.
    pub fn get_pin_mut(self: Pin<&mut Self>) -> Pin<&mut S> {
        self.project().stream
    }

    /// The stream.
    pub fn into_inner(self) -> S {
        self.stream
    }
}

impl<S, E> fmt::Debug for Typed<S, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Typed").finish_non_exhaustive()
    }
}
