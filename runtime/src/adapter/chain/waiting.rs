//! Streams that wait for their turn.

use std::collections::VecDeque;

use crate::{ByteStream, State};

/// How many bytes are still to come: at least, and at most.
pub(super) type Left = (u64, Option<u64>);

/// Streams that have not begun, and their lengths, which stay as they were, since nobody touches them. The sum is at hand: a box asks
/// for it with every chunk.
pub(super) struct Waiting<S> {
    streams: VecDeque<(S, Left)>,
    least: u128,
    most: u128,
    // So many have no upper bound.
    unbounded: usize,
}

pub(super) const NOTHING: Left = (0, Some(0));

/// The length of one stream and another.
pub(super) fn add(one: Left, other: Left) -> Left {
    let most = one.1.zip(other.1).and_then(|(one, other)| one.checked_add(other));
    (one.0.saturating_add(other.0), most)
}

impl<S: ByteStream> Waiting<S> {
    pub(super) fn push(&mut self, stream: S) {
        // Behind a failure it would never begin.
        if self.streams.back().is_some_and(|(last, _)| last.state() == State::Failed) {
            return;
        }
        let left = stream.bytes_left();
        self.least += u128::from(left.0);
        self.most += u128::from(left.1.unwrap_or(0));
        self.unbounded += usize::from(left.1.is_none());
        self.streams.push_back((stream, left));
    }

    pub(super) fn pop(&mut self) -> Option<S> {
        let (stream, left) = self.streams.pop_front()?;
        self.least -= u128::from(left.0);
        self.most -= u128::from(left.1.unwrap_or(0));
        self.unbounded -= usize::from(left.1.is_none());
        Some(stream)
    }
}

impl<S> Waiting<S> {
    pub(super) fn iter(&self) -> impl Iterator<Item = &S> {
        self.streams.iter().map(|(stream, _)| stream)
    }

    pub(super) fn into_iter(self) -> impl Iterator<Item = S> {
        self.streams.into_iter().map(|(stream, _)| stream)
    }

    pub(super) fn left(&self) -> Left {
        let most = if self.unbounded == 0 { u64::try_from(self.most).ok() } else { None };
        (u64::try_from(self.least).unwrap_or(u64::MAX), most)
    }
}

impl<S> Default for Waiting<S> {
    fn default() -> Self {
        Waiting { streams: VecDeque::new(), least: 0, most: 0, unbounded: 0 }
    }
}
