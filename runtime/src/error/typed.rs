//! A typed error as a view of the carrier.

use std::io;

use super::{BoxError, carry, uncarry};

/// An error type that a stream can have on its face: made from the carrier, and turned back into it.
///
/// `#[byte_stream(error = MyError)]` asks for it. [`from_io`](Self::from_io) sorts what the source failed with into the
/// type's own terms: the payload comes out by [`io::Error::downcast`].
///
/// # Examples
///
/// ```
/// use byte_stream::error::{BoxError, StreamError};
/// use std::{fmt, io};
///
/// #[derive(Debug)]
/// enum Failure {
///     Bucket(NoSuchBucket),
///     Io(io::Error),
/// }
/// # #[derive(Debug)]
/// # struct NoSuchBucket;
/// # impl fmt::Display for NoSuchBucket {
/// #     fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str("no such bucket") }
/// # }
/// # impl std::error::Error for NoSuchBucket {}
/// # impl fmt::Display for Failure {
/// #     fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str("failure") }
/// # }
/// # impl std::error::Error for Failure {}
///
/// impl StreamError for Failure {
///     fn from_io(error: io::Error) -> Self {
///         error.downcast().unwrap_or_else(|error| match error.downcast() {
///             Ok(bucket) => Failure::Bucket(bucket),
///             Err(error) => Failure::Io(error),
///         })
///     }
///
///     fn into_io(self) -> io::Error {
///         match self {
///             Failure::Io(error) => error,
///             failure => byte_stream::error::carry(failure),
///         }
///     }
/// }
///
/// let carried = byte_stream::error::carry(NoSuchBucket);
/// assert!(matches!(Failure::from_io(carried), Failure::Bucket(_)));
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a `StreamError`",
    label = "this error cannot be made from an `io::Error` and turned back into one",
    note = "derive it: `#[derive(byte_stream::StreamError)]`, or implement it by hand: `from_io` and `into_io`"
)]
pub trait StreamError: Sized {
    /// Makes the error from the carrier. Its payload, if there is one, is what the source failed with.
    fn from_io(error: io::Error) -> Self;

    /// Turns the error into the carrier, such that [`from_io`](Self::from_io) makes the same of it again.
    fn into_io(self) -> io::Error;
}

impl StreamError for io::Error {
    fn from_io(error: io::Error) -> Self {
        error
    }

    fn into_io(self) -> io::Error {
        self
    }
}

impl StreamError for BoxError {
    fn from_io(error: io::Error) -> Self {
        uncarry(error)
    }

    fn into_io(self) -> io::Error {
        carry(self)
    }
}
