//! How much may come out of a decoder.

use std::error::Error;
use std::{fmt, io};

/// How much a decoder may make of what it is given: a few bytes can decompress to gigabytes.
///
/// There is no limit unless one is set. The bytes up to a limit come out; then there is a [`LimitError`].
///
/// # Examples
///
/// ```
/// use byte_stream::codec::Limits;
///
/// // At most 64 MiB, and beyond the first MiB at most a hundred times what came in.
/// let limits = Limits::none().max_bytes(64 << 20).max_ratio(100, 1 << 20);
/// # let _ = limits;
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    bytes: Option<u64>,
    ratio: Option<Ratio>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Ratio {
    most: u64,
    grace: u64,
}

impl Limits {
    /// No limit.
    #[must_use]
    pub const fn none() -> Self {
        Limits { bytes: None, ratio: None }
    }

    /// At most so many bytes come out.
    #[must_use]
    pub const fn max_bytes(mut self, bytes: u64) -> Self {
        self.bytes = Some(bytes);
        self
    }

    /// Beyond `grace` bytes, at most `ratio` times as many bytes come out as the decoder has taken in.
    ///
    /// Gzip and deflate reach 1032 at most, text seldom more than 20; zstd and brotli know no bound. The ratio is looked at after
    /// each read of the decoder, so how far beyond it a stream comes depends on the size of the reads.
    #[must_use]
    pub const fn max_ratio(mut self, ratio: u64, grace: u64) -> Self {
        self.ratio = Some(Ratio { most: ratio, grace });
        self
    }

    /// The limit for a stream that is not compressed.
    pub(super) const fn bytes(self) -> Option<u64> {
        self.bytes
    }

    /// Of the bytes that have come after `out` others, out of `taken`, how many may go out; if not all, why.
    pub(super) fn check(self, out: u64, came: usize, taken: u64) -> Result<(), (usize, LimitError)> {
        let by_bytes = self.bytes.map(|limit| (limit, LimitError::TooLong { limit }));
        let by_ratio = self
            .ratio
            .map(|Ratio { most, grace }| (taken.saturating_mul(most).max(grace), LimitError::TooDense { ratio: most }));
        let Some((limit, error)) = by_bytes.into_iter().chain(by_ratio).min_by_key(|(limit, _)| *limit) else {
            return Ok(());
        };
        match usize::try_from(limit.saturating_sub(out)) {
            Ok(room) if room < came => Err((room, error)),
            _ => Ok(()),
        }
    }
}

/// More comes out of a decoder than its [`Limits`] allow.
///
/// It travels as the payload of an [`io::Error`] of kind [`InvalidData`](io::ErrorKind::InvalidData);
/// [`error::find`](crate::error::find) finds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LimitError {
    /// More bytes than this.
    TooLong {
        /// Bytes that were allowed in all.
        limit: u64,
    },
    /// More than so many times what the decoder was given.
    TooDense {
        /// The ratio that was allowed.
        ratio: u64,
    },
}

impl fmt::Display for LimitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LimitError::TooLong { limit } => write!(f, "the stream decompresses to more than {limit} bytes"),
            LimitError::TooDense { ratio } => write!(f, "the stream decompresses to more than {ratio} times its size"),
        }
    }
}

impl Error for LimitError {}

impl From<LimitError> for io::Error {
    fn from(error: LimitError) -> Self {
        io::Error::new(io::ErrorKind::InvalidData, error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tighter_limit_is_the_one_that_is_named() {
        let limits = Limits::none().max_bytes(100).max_ratio(10, 20);
        assert_eq!(limits.check(0, 20, 1), Ok(()));
        assert_eq!(limits.check(0, 21, 1), Err((20, LimitError::TooDense { ratio: 10 })));
        assert_eq!(limits.check(90, 10, 50), Ok(()));
        assert_eq!(limits.check(90, 11, 50), Err((10, LimitError::TooLong { limit: 100 })));
    }

    #[test]
    fn numbers_that_are_too_large_are_no_limit() {
        let limits = Limits::none().max_ratio(u64::MAX, 0);
        assert_eq!(limits.check(u64::MAX - 5, 5, u64::MAX), Ok(()));
        assert_eq!(Limits::none().check(u64::MAX, usize::MAX, 0), Ok(()));
    }

    #[test]
    fn what_is_already_beyond_a_ratio_lets_nothing_more_out() {
        let limits = Limits::none().max_ratio(2, 0);
        assert_eq!(limits.check(100, 1, 10), Err((0, LimitError::TooDense { ratio: 2 })));
    }
}
