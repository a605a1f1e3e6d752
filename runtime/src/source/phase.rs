//! What a source remembers of its end.

use std::io;
use std::mem;

use crate::State;

/// Where the foreign source below an adapter is. Bytes may still be unread when it has come to its end.
#[derive(Debug, Default)]
pub(crate) enum Phase {
    #[default]
    Open,
    /// An error came after bytes that were handed out in the same call. It is reported next.
    Failing(io::Error),
    Ended,
    Failed,
}

impl Phase {
    /// Reports the error that waited, if there is one.
    #[inline]
    pub(crate) fn fail_now(&mut self) -> Option<io::Error> {
        match mem::replace(self, Phase::Failed) {
            Phase::Failing(error) => Some(error),
            other => {
                *self = other;
                None
            }
        }
    }

    #[inline]
    pub(crate) fn is_open(&self) -> bool {
        matches!(self, Phase::Open)
    }

    #[inline]
    pub(crate) fn into_error(self) -> Option<io::Error> {
        match self {
            Phase::Failing(error) => Some(error),
            _ => None,
        }
    }

    /// Whether bytes or an error are still to come.
    #[inline]
    pub(crate) fn goes_on(&self) -> bool {
        self.state() == State::Open
    }

    /// The state of an adapter with nothing unread.
    #[inline]
    pub(crate) fn state(&self) -> State {
        match self {
            Phase::Open | Phase::Failing(_) => State::Open,
            Phase::Ended => State::Ended,
            Phase::Failed => State::Failed,
        }
    }
}
