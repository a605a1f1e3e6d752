//! A length that was announced and not kept.

use std::error::Error;
use std::{fmt, io};

/// The bytes are more or fewer than was announced or allowed.
///
/// It travels as the payload of an [`io::Error`]: of kind [`UnexpectedEof`](io::ErrorKind::UnexpectedEof) where bytes are
/// missing, of kind [`InvalidData`](io::ErrorKind::InvalidData) where there are too many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LengthError {
    /// The source ended before this many more bytes.
    TooShort {
        /// Bytes that are missing, at least.
        missing: u64,
    },
    /// The source goes on after its last allowed byte.
    TooLong {
        /// Bytes that were allowed in all, or that the source had announced.
        limit: u64,
    },
}

impl fmt::Display for LengthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LengthError::TooShort { missing } => write!(f, "the stream ended {missing} bytes early"),
            LengthError::TooLong { limit } => write!(f, "the stream is longer than {limit} bytes"),
        }
    }
}

impl Error for LengthError {}

impl From<LengthError> for io::Error {
    fn from(error: LengthError) -> Self {
        let kind = match error {
            LengthError::TooShort { .. } => io::ErrorKind::UnexpectedEof,
            LengthError::TooLong { .. } => io::ErrorKind::InvalidData,
        };
        io::Error::new(kind, error)
    }
}
