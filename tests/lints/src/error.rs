//! Errors.

use std::error::Error;
use std::sync::Arc;
use std::{fmt, io};

use byte_stream::{BoxError, StreamError};

/// One error that takes every other.
#[derive(Debug, StreamError)]
pub struct Failure(pub io::Error);

/// Shared, with a name.
#[derive(Debug, Clone, StreamError)]
pub struct Inner {
    source: Arc<dyn Error + Send + Sync>,
}

/// Of every kind.
#[derive(Debug, StreamError)]
#[stream_error(crate = byte_stream)]
pub enum Broken<E>
where
    E: Error + Send + Sync + 'static,
{
    /// It says its kind.
    #[stream_error(kind = TimedOut)]
    Slow,
    /// So does this, with fields.
    #[stream_error(kind = io::ErrorKind::NotFound)]
    Gone {
        /// Where it was.
        path: String,
    },
    /// One that is a parameter.
    #[stream_error(from)]
    Inner(E),
    /// One that is none.
    #[stream_error(from)]
    Parse {
        /// What went wrong.
        source: std::num::ParseIntError,
    },
    /// Any other.
    #[stream_error(other)]
    Other(BoxError),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for Inner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.source.fmt(f)
    }
}

impl<E: Error + Send + Sync> fmt::Display for Broken<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("broken")
    }
}

impl Error for Failure {}

impl Error for Inner {}

impl<E: Error + Send + Sync> Error for Broken<E> {}
