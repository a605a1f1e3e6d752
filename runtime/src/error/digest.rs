//! A digest that was expected and did not come.

use std::error::Error;
use std::{fmt, io};

/// The bytes are not those that were expected, by their digest.
///
/// It travels as the payload of an [`io::Error`] of kind [`InvalidData`](io::ErrorKind::InvalidData).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DigestError {
    /// The digest that was expected.
    pub expected: Box<[u8]>,
    /// The digest of the bytes that came.
    pub found: Box<[u8]>,
}

impl fmt::Display for DigestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the digest of the stream is {}, and not {}", Hex(&self.found), Hex(&self.expected))
    }
}

impl Error for DigestError {}

impl From<DigestError> for io::Error {
    fn from(error: DigestError) -> Self {
        io::Error::new(io::ErrorKind::InvalidData, error)
    }
}

/// A digest in lower-case hex.
pub(crate) struct Hex<'a>(pub(crate) &'a [u8]);

impl fmt::Display for Hex<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}
