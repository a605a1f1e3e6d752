//! An adapter taken apart.

use std::io;

use bytes::Bytes;

use crate::Trailers;

/// What an adapter over a foreign source consists of: `into_parts` loses nothing.
#[derive(Debug)]
#[non_exhaustive]
pub struct Parts<S> {
    /// The foreign source.
    pub source: S,
    /// Bytes that the source has handed over and that nobody has read.
    pub unread: Bytes,
    /// An error of the source that has not been reported yet. It comes after [`unread`](Self::unread).
    pub error: Option<io::Error>,
    /// Trailers that nobody has taken.
    pub trailers: Option<Trailers>,
}

impl<S> Parts<S> {
    pub(crate) fn map_source<T>(self, f: impl FnOnce(S) -> T) -> Parts<T> {
        Parts { source: f(self.source), unread: self.unread, error: self.error, trailers: self.trailers }
    }
}
