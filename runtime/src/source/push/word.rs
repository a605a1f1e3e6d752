//! What a sender says last.

use std::io;

use super::error::SenderDropped;
use crate::Trailers;

/// The last thing that the sender has said.
pub(super) enum Word {
    /// Nothing: it may send more.
    Open,
    Finished(Option<Trailers>),
    Failed(io::Error),
    Dropped,
}

impl Word {
    pub(super) fn is_open(&self) -> bool {
        matches!(self, Word::Open)
    }

    /// What comes in the place of the end.
    pub(super) fn into_end(self) -> io::Result<Option<Trailers>> {
        match self {
            Word::Open => Ok(None),
            Word::Finished(trailers) => Ok(trailers),
            Word::Failed(error) => Err(error),
            Word::Dropped => Err(SenderDropped.into()),
        }
    }
}
