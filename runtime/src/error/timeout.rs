//! A time that was not kept.

use std::error::Error;
use std::time::Duration;
use std::{fmt, io};

/// The stream took too long.
///
/// It travels as the payload of an [`io::Error`] of kind [`TimedOut`](io::ErrorKind::TimedOut).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TimeoutError {
    /// No bytes came, and somebody waited for them.
    Idle {
        /// How long somebody waited.
        waited: Duration,
    },
    /// The stream had not ended by its deadline.
    Deadline {
        /// How long the stream was allowed to take.
        allowed: Duration,
    },
}

impl fmt::Display for TimeoutError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TimeoutError::Idle { waited } => write!(f, "no bytes came for {waited:?}"),
            TimeoutError::Deadline { allowed } => write!(f, "the stream had not ended after {allowed:?}"),
        }
    }
}

impl Error for TimeoutError {}

impl From<TimeoutError> for io::Error {
    fn from(error: TimeoutError) -> Self {
        io::Error::new(io::ErrorKind::TimedOut, error)
    }
}
