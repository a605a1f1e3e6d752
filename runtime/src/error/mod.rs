//! How an error travels, and how it gets out again.
//!
//! Inside, every error is an [`io::Error`]: the *carrier*. What the source failed with is its payload, one layer deep,
//! and its [`kind`](io::Error::kind) is that of the failure. So an error passes every reader and every codec, and
//! [`io::Error::get_ref`] and [`io::Error::downcast`] bring back the very value that went in.
//!
//! [`carry`] says what goes in; [`uncarry`] takes the carrier off, for a face such as `http_body::Body` where walkers
//! look; [`StreamError`] is for a typed face; [`chain`], [`find`], [`take`] and [`kind`](fn@kind) look for an error behind others.
//!
//! # Where did my error go?
//!
//! From reqwest, through a codec that knows only `io::Error`, to the `match` of whoever reads:
//!
//! ```
//! use async_compression::tokio::bufread::ZstdEncoder;
//! use byte_stream::{ByteStream, FromRead, FromStream, StreamError, error};
//! use futures_util::{TryStreamExt, stream};
//! use std::io;
//! use tokio::io::AsyncReadExt;
//!
//! #[derive(Debug, thiserror::Error, StreamError)]
//! enum UploadError {
//!     #[error("upstream")]
//!     Upstream(#[from] reqwest::Error),
//!     #[error(transparent)]
//!     #[stream_error(other)]
//!     Io(io::Error),
//! }
//!
//! #[derive(ByteStream)]
//! #[byte_stream(error = UploadError)]
//! struct Upload<S>(FromRead<ZstdEncoder<FromStream<S>>>);
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() {
//! let upload = || {
//!     // Nobody listens there.
//!     let download = stream::once(async { reqwest::get("http://127.0.0.1:1/").await?.bytes().await });
//!     // 1. It enters here, with the kind of the `io::Error` behind it. Nothing is mapped.
//!     let source = FromStream::new(download);
//!     // 2. It passes the codec as the payload of an `io::Error`.
//!     Upload(FromRead::new(ZstdEncoder::new(source)))
//! };
//!
//! // 3. On the `Stream` and `Body` faces it is typed.
//! match upload().try_collect::<Vec<_>>().await {
//!     Err(UploadError::Upstream(error)) => assert!(error.is_connect()),
//!     other => panic!("{other:?}"),
//! }
//!
//! // 4. On the readers' it is an `io::Error` with the kind, and can be looked for or taken.
//! let error = Box::pin(upload()).read_to_end(&mut Vec::new()).await.unwrap_err();
//! assert_eq!(error.kind(), io::ErrorKind::ConnectionRefused);
//! assert!(error::find::<reqwest::Error>(&error).is_some());
//! assert!(matches!(error::take(error), Ok(UploadError::Upstream(_))));
//! # }
//! ```
//!
//! If it is not there: a conversion that the source's error has into `io::Error` is not asked, say
//! `.map_error(io::Error::from)`. `anyhow::Error` and `eyre::Report` hide their outermost value from a downcast, and the kind in it; take
//! it out before it enters: `.map_error(|error| error.downcast::<MyError>().unwrap())`. A timeout of reqwest's has no `io::Error`
//! behind it; [`with_kind`](crate::FromStream::with_kind) gives it a kind: `.with_kind(|error| if error.is_timeout() {
//! io::ErrorKind::TimedOut } else { error::kind(error) })`.

mod chain;
#[doc(hidden)]
pub mod derived;
#[cfg(feature = "digest")]
mod digest;
mod length;
#[cfg(feature = "time")]
mod timeout;
mod typed;

use std::error::Error;
use std::io;

pub use chain::{Chain, chain, find, kind, take};
#[cfg(feature = "digest")]
pub use digest::DigestError;
#[cfg(all(feature = "digest", feature = "http-body"))]
pub(crate) use digest::Hex;
pub use length::LengthError;
#[cfg(feature = "time")]
pub use timeout::TimeoutError;
pub use typed::StreamError;

/// Any error, as the HTTP crates hand it on.
pub type BoxError = Box<dyn Error + Send + Sync>;

/// Carries the error of a source in an [`io::Error`].
///
/// - An `io::Error` passes as itself, also one inside a box.
/// - Another error becomes the payload, with the [`kind`] that is found behind it: that of the first `io::Error` which says one, or
///   [`io::ErrorKind::Other`].
/// - The kind [`Interrupted`](io::ErrorKind::Interrupted) becomes `Other`. A reader above would retry it, and a source that
///   has failed would look as if it had ended.
///
/// This is what the adapters over a stream, a body or an iterator do with an error. `From<E> for io::Error` is not asked.
///
/// # Examples
///
/// ```
/// use std::io;
///
/// let error = byte_stream::error::carry("no such bucket");
/// assert_eq!(error.kind(), io::ErrorKind::Other);
/// assert_eq!(error.to_string(), "no such bucket");
///
/// let reset = io::Error::from(io::ErrorKind::ConnectionReset);
/// assert_eq!(byte_stream::error::carry(reset).kind(), io::ErrorKind::ConnectionReset);
/// ```
pub fn carry(error: impl Into<BoxError>) -> io::Error {
    match error.into().downcast::<io::Error>() {
        Ok(carrier) => never_interrupted(*carrier),
        Err(payload) => {
            let kind = kind(&*payload);
            never_interrupted(io::Error::new(kind, payload))
        }
    }
}

/// Carries the error of a source in an [`io::Error`] of this kind, still one layer deep.
///
/// The kind [`Interrupted`](io::ErrorKind::Interrupted) becomes `Other`, as in [`carry`].
pub fn carry_as(kind: io::ErrorKind, error: impl Into<BoxError>) -> io::Error {
    let payload = match error.into().downcast::<io::Error>() {
        Ok(carrier) if carrier.kind() == kind => return never_interrupted(*carrier),
        Ok(carrier) => into_payload(*carrier),
        Err(payload) => payload,
    };
    never_interrupted(io::Error::new(kind, payload))
}

/// Takes the carrier off: the payload itself, if the carrier's kind says no more than [`Other`](io::ErrorKind::Other), or no more
/// than the payload.
///
/// A carrier whose kind means something else stays. Whoever walks an error by [`Error::source`] does not see the payload of
/// an `io::Error`, which is why the faces where walkers look show this.
///
/// # Examples
///
/// ```
/// use byte_stream::error::{carry, uncarry};
/// use http_body_util::LengthLimitError;
/// # use http_body_util::{BodyExt, Full, Limited};
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// # let too_long = Limited::new(Full::new(&b"too long"[..]), 3).collect().await.unwrap_err();
///
/// let error = carry(too_long);
/// assert!(uncarry(error).is::<LengthLimitError>());
/// # }
/// ```
#[must_use]
pub fn uncarry(error: io::Error) -> BoxError {
    match error.get_ref() {
        Some(payload) if [io::ErrorKind::Other, carried_kind(payload)].contains(&error.kind()) => into_payload(error),
        _ => error.into(),
    }
}

/// The kind that an error has once it is [carried](carry).
fn carried_kind(error: &(dyn Error + Send + Sync + 'static)) -> io::ErrorKind {
    error.downcast_ref::<io::Error>().map_or_else(|| kind(error), io::Error::kind)
}

/// Whether a reader was only interrupted by a signal (`EINTR`): the one error to try again after.
pub(crate) fn is_eintr(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::Interrupted && error.get_ref().is_none()
}

/// What every error goes through on its way in: `Interrupted` becomes `Other`.
pub(crate) fn never_interrupted(error: io::Error) -> io::Error {
    match error.kind() {
        io::ErrorKind::Interrupted => io::Error::other(into_payload(error)),
        _ => error,
    }
}

/// The payload of a carrier; an `io::Error` that carries nothing is a payload itself.
fn into_payload(error: io::Error) -> BoxError {
    if error.get_ref().is_none() {
        return error.into();
    }
    error.into_inner().expect("an `io::Error` that lends its payload also gives it")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug)]
    struct Transport(io::Error);

    impl std::fmt::Display for Transport {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("transport")
        }
    }

    impl Error for Transport {
        fn source(&self) -> Option<&(dyn Error + 'static)> {
            Some(&self.0)
        }
    }

    #[test]
    fn an_io_error_passes_as_itself_also_inside_a_box() {
        let errno = 28;
        assert_eq!(carry(io::Error::from_raw_os_error(errno)).raw_os_error(), Some(errno));
        let boxed: BoxError = io::Error::from_raw_os_error(errno).into();
        assert_eq!(carry(boxed).raw_os_error(), Some(errno));
    }

    #[test]
    fn another_error_takes_the_kind_of_the_first_io_error_in_its_chain() {
        let error = carry(Transport(io::ErrorKind::TimedOut.into()));
        assert_eq!(error.kind(), io::ErrorKind::TimedOut);
        assert!(error.downcast::<Transport>().is_ok());
    }

    #[test]
    fn interrupted_enters_as_other_and_keeps_what_it_was() {
        let plain = carry(io::Error::from(io::ErrorKind::Interrupted));
        assert_eq!(plain.kind(), io::ErrorKind::Other);
        let inner = plain.downcast::<io::Error>().unwrap();
        assert_eq!(inner.kind(), io::ErrorKind::Interrupted);

        let nested = carry(Transport(io::ErrorKind::Interrupted.into()));
        assert_eq!(nested.kind(), io::ErrorKind::Other);
        assert!(nested.downcast::<Transport>().is_ok());
    }

    #[test]
    fn a_kind_is_put_on_without_a_second_layer() {
        let error = carry_as(io::ErrorKind::TimedOut, io::Error::other(Transport(io::ErrorKind::NotFound.into())));
        assert_eq!(error.kind(), io::ErrorKind::TimedOut);
        assert!(error.downcast::<Transport>().is_ok());
    }

    #[test]
    fn the_carrier_comes_off_unless_its_kind_says_something_of_its_own() {
        let other = uncarry(io::Error::other(Transport(io::ErrorKind::NotFound.into())));
        assert!(other.is::<Transport>());
        assert!(uncarry(carry(Transport(io::ErrorKind::NotFound.into()))).is::<Transport>());
        let kept = uncarry(carry_as(io::ErrorKind::TimedOut, Transport(io::ErrorKind::NotFound.into())));
        assert_eq!(kept.downcast::<io::Error>().unwrap().kind(), io::ErrorKind::TimedOut);
    }
}
