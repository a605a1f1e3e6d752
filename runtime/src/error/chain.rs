//! Looking for an error behind others.

use std::error::Error;
use std::io;
use std::iter::FusedIterator;

/// The most errors that are looked at: a chain is finite unless somebody made it a circle.
const LONGEST: usize = 128;

/// Iterates over an error and everything behind it: what [`Error::source`] says, and the payload of each `io::Error`, which
/// `source()` skips.
///
/// It stops after 128 errors.
///
/// # Examples
///
/// ```
/// use std::io;
///
/// let error = io::Error::new(io::ErrorKind::TimedOut, io::Error::other("too slow"));
/// let chain: Vec<_> = byte_stream::error::chain(&error).map(ToString::to_string).collect();
/// assert_eq!(chain.len(), 3);
/// assert_eq!(std::iter::successors(std::error::Error::source(&error), |&e| e.source()).count(), 0);
/// ```
pub fn chain<'a>(error: &'a (dyn Error + 'static)) -> Chain<'a> {
    Chain { next: Some(error), left: LONGEST }
}

/// The iterator of [`chain`].
#[derive(Clone, Debug)]
#[must_use = "an iterator does nothing unless it is consumed"]
pub struct Chain<'a> {
    next: Option<&'a (dyn Error + 'static)>,
    left: usize,
}

impl<'a> Iterator for Chain<'a> {
    type Item = &'a (dyn Error + 'static);

    fn next(&mut self) -> Option<Self::Item> {
        self.left = self.left.checked_sub(1)?;
        let error = self.next?;
        self.next = match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
            Some(payload) => Some(payload),
            None => error.source(),
        };
        Some(error)
    }
}

impl FusedIterator for Chain<'_> {}

/// Finds the first error of this type in the [`chain`].
///
/// # Examples
///
/// ```
/// use byte_stream::error::{LengthError, find};
/// use std::io;
///
/// let error = io::Error::other(io::Error::from(LengthError::TooLong { limit: 8 }));
/// assert_eq!(find(&error), Some(&LengthError::TooLong { limit: 8 }));
/// assert!(find::<std::fmt::Error>(&error).is_none());
/// ```
#[must_use]
pub fn find<'a, T: Error + 'static>(error: &'a (dyn Error + 'static)) -> Option<&'a T> {
    chain(error).find_map(|error| error.downcast_ref())
}

/// The kind of the first `io::Error` in the [`chain`] that says more than [`Other`](io::ErrorKind::Other); `Other` if none does.
#[must_use]
pub fn kind(error: &(dyn Error + 'static)) -> io::ErrorKind {
    chain(error)
        .filter_map(|error| error.downcast_ref::<io::Error>())
        .map(io::Error::kind)
        .find(|kind| *kind != io::ErrorKind::Other)
        .unwrap_or(io::ErrorKind::Other)
}

/// Takes an error of this type out of its carrier, also out of several.
///
/// What lies behind a [`source`](Error::source) belongs to the error there and cannot be taken: [`find`] lends it.
///
/// # Errors
///
/// The carrier as it was.
///
/// # Examples
///
/// ```
/// use byte_stream::error::{LengthError, take};
/// use std::io;
///
/// let error = io::Error::other(io::Error::from(LengthError::TooLong { limit: 8 }));
/// assert_eq!(take::<LengthError>(error).unwrap(), LengthError::TooLong { limit: 8 });
/// assert_eq!(take::<LengthError>(io::ErrorKind::TimedOut.into()).unwrap_err().kind(), io::ErrorKind::TimedOut);
/// ```
pub fn take<T: Error + Send + Sync + 'static>(error: io::Error) -> Result<T, io::Error> {
    // Look first: a carrier that has been opened cannot be closed as it was.
    let mut carrier = Some(&error);
    while let Some(inner) = carrier.and_then(io::Error::get_ref) {
        if inner.is::<T>() {
            return open(error);
        }
        carrier = inner.downcast_ref();
    }
    Err(error)
}

/// Takes the payload of the innermost carrier that has one of this type.
fn open<T: Error + Send + Sync + 'static>(error: io::Error) -> Result<T, io::Error> {
    error.downcast::<T>().or_else(|error| match error.downcast::<io::Error>() {
        Ok(inner) => open(inner),
        Err(error) => Err(error),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fmt;

    #[derive(Debug)]
    struct Circle;

    impl fmt::Display for Circle {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("circle")
        }
    }

    impl Error for Circle {
        fn source(&self) -> Option<&(dyn Error + 'static)> {
            Some(&Circle)
        }
    }

    #[test]
    fn a_chain_that_bites_its_tail_ends() {
        assert_eq!(chain(&Circle).count(), LONGEST);
        assert!(find::<io::Error>(&Circle).is_none());
    }

    #[test]
    fn the_kind_is_that_of_the_first_io_error_which_says_one() {
        let inner = io::Error::from(io::ErrorKind::ConnectionReset);
        assert_eq!(kind(&io::Error::other(io::Error::other(inner))), io::ErrorKind::ConnectionReset);
        assert_eq!(kind(&Circle), io::ErrorKind::Other);
    }

    #[test]
    fn what_is_not_found_comes_back_as_it_was() {
        let nested = io::Error::new(io::ErrorKind::TimedOut, io::Error::other(Circle));
        let back = take::<fmt::Error>(nested).unwrap_err();
        assert_eq!(back.kind(), io::ErrorKind::TimedOut);
        assert!(take::<Circle>(back).is_ok());
    }
}
