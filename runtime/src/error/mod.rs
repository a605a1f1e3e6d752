//! How an error travels, and how it gets out again.
//!
//! Inside, every error is an [`io::Error`]: the *carrier*. What the source failed with is its payload, one layer deep,
//! and its [`kind`](io::Error::kind) is that of the failure. So an error passes every reader and every codec, and
//! [`io::Error::get_ref`] and [`io::Error::downcast`] bring back the very value that went in.
//!
//! [`carry`] says what goes in; [`uncarry`] takes the carrier off, for a face such as `http_body::Body` where walkers
//! look; [`StreamError`] is for a typed face.

mod length;
mod typed;

use std::error::Error;
use std::io;

pub use length::LengthError;
pub use typed::StreamError;

/// Any error, as the HTTP crates hand it on.
pub type BoxError = Box<dyn Error + Send + Sync>;

/// Carries the error of a source in an [`io::Error`].
///
/// - An `io::Error` passes as itself, also one inside a box.
/// - Another error becomes the payload, with the kind of the first `io::Error` in its [`source`](Error::source) chain, or
///   [`io::ErrorKind::Other`] where there is none.
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
        Ok(carrier) => finish(*carrier),
        Err(payload) => {
            let kind = kind_in_chain(&*payload);
            finish(io::Error::new(kind, payload))
        }
    }
}

/// Carries the error of a source in an [`io::Error`] of this kind, still one layer deep.
///
/// The kind [`Interrupted`](io::ErrorKind::Interrupted) becomes `Other`, as in [`carry`].
pub fn carry_as(kind: io::ErrorKind, error: impl Into<BoxError>) -> io::Error {
    let payload = match error.into().downcast::<io::Error>() {
        Ok(carrier) if carrier.kind() == kind => return finish(*carrier),
        Ok(carrier) => into_payload(*carrier),
        Err(payload) => payload,
    };
    finish(io::Error::new(kind, payload))
}

/// Takes the carrier off: the payload itself, if the kind says no more than [`Other`](io::ErrorKind::Other).
///
/// A carrier whose kind means something stays, since the payload alone may not tell it. Whoever walks an error by
/// [`Error::source`] does not see the payload of an `io::Error`, which is why the faces where walkers look show this.
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
    match error.kind() {
        io::ErrorKind::Other => into_payload(error),
        _ => error.into(),
    }
}

/// Whether a reader was only interrupted by a signal (`EINTR`): the one error to try again after.
pub(crate) fn is_eintr(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::Interrupted && error.get_ref().is_none()
}

/// What every error goes through on its way in: `Interrupted` becomes `Other`.
pub(crate) fn finish(error: io::Error) -> io::Error {
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

fn kind_in_chain(error: &(dyn Error + 'static)) -> io::ErrorKind {
    // A chain is finite unless somebody made it a circle.
    const LONGEST: usize = 64;
    std::iter::successors(error.source(), |&error| error.source())
        .take(LONGEST)
        .find_map(|error| error.downcast_ref::<io::Error>())
        .map_or(io::ErrorKind::Other, io::Error::kind)
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
    fn the_carrier_comes_off_only_when_its_kind_says_nothing() {
        let other = uncarry(io::Error::other(Transport(io::ErrorKind::NotFound.into())));
        assert!(other.is::<Transport>());
        let kept = uncarry(carry(Transport(io::ErrorKind::NotFound.into())));
        assert_eq!(kept.downcast::<io::Error>().unwrap().kind(), io::ErrorKind::NotFound);
    }
}
