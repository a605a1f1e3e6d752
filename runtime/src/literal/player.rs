//! Plays steps, one a poll.

use std::task::{Context, Poll, ready};
use std::{io, mem};

use bytes::Bytes;

use super::pace::Pace;
use super::step::{Step, are_nothing};
use crate::Trailers;
use crate::error::{BoxError, carry};

/// What a step comes to.
pub(crate) enum Played {
    /// Bytes, or none.
    Chunk(Bytes),
    Error(io::Error),
    Trailers(Trailers),
}

/// Steps, and how far they have been played.
#[derive(Debug)]
pub(crate) struct Player<A> {
    steps: A,
    /// The step that is played next.
    at: usize,
    /// How often that one has been played.
    times: usize,
    /// What is left of a chunk that was split.
    rest: Bytes,
    /// No chunk is larger.
    split: usize,
    pace: Pace,
}

impl<A> Player<A> {
    pub(crate) const fn new(steps: A) -> Self {
        Player { steps, at: 0, times: 0, rest: Bytes::new(), split: usize::MAX, pace: Pace::NONE }
    }

    #[track_caller]
    pub(crate) const fn split_by(&mut self, size: usize) {
        assert!(size > 0, "chunks are split by 0 bytes: there is no empty chunk");
        self.split = size;
    }

    #[cfg(feature = "testing")]
    pub(crate) fn pace(&mut self, duration: std::time::Duration) {
        self.pace = Pace::new(duration);
    }

    #[cfg(feature = "testing")]
    pub(crate) fn map<B>(self, f: impl FnOnce(A) -> B) -> Player<B> {
        let Player { steps, at, times, rest, split, pace } = self;
        Player { steps: f(steps), at, times, rest, split, pace }
    }
}

impl<A: AsMut<[Step]> + AsRef<[Step]>> Player<A> {
    /// The next step that comes to something, or `None` after the last.
    ///
    /// # Panics
    ///
    /// If it says so.
    pub(crate) fn poll_step(&mut self, cx: &mut Context<'_>) -> Poll<Option<Played>> {
        loop {
            if !self.rest.is_empty() {
                ready!(self.pace.poll_tick(cx));
                return Poll::Ready(Some(self.split(Bytes::new())));
            }
            let Some(step) = self.steps.as_mut().get_mut(self.at) else { return Poll::Ready(None) };
            match step {
                Step::Chunk(chunk) => {
                    ready!(self.pace.poll_tick(cx));
                    let chunk = mem::take(chunk);
                    self.at += 1;
                    return Poll::Ready(Some(self.split(chunk)));
                }
                Step::Repeat(chunk, times) if self.times < *times => {
                    ready!(self.pace.poll_tick(cx));
                    let chunk = chunk.clone();
                    self.times += 1;
                    return Poll::Ready(Some(self.split(chunk)));
                }
                Step::Pending(times) if self.times < *times => {
                    ready!(self.pace.poll_pause(cx));
                    self.times += 1;
                    continue;
                }
                Step::Repeat(..) | Step::Pending(_) => {}
                Step::Hang => return Poll::Pending,
                Step::Error(kind) => {
                    let error = (*kind).into();
                    self.at += 1;
                    return Poll::Ready(Some(Played::Error(error)));
                }
                Step::Fail(_) => {
                    // The step is over; what is put in its place is not played.
                    let Step::Fail(error) = mem::replace(step, Step::Panic) else { unreachable!() };
                    self.at += 1;
                    return Poll::Ready(Some(Played::Error(as_io(error))));
                }
                Step::Panic => panic!("`panic` in a `stream!`: it was polled where it must not be"),
                Step::Trailers(trailers) => {
                    let trailers = mem::take(trailers);
                    self.at += 1;
                    return Poll::Ready(Some(Played::Trailers(trailers)));
                }
                Step::Fields(fields) => {
                    let trailers = Trailers::written(fields);
                    self.at += 1;
                    return Poll::Ready(Some(Played::Trailers(trailers)));
                }
            }
            self.at += 1;
            self.times = 0;
        }
    }

    /// The next piece of a chunk.
    fn split(&mut self, chunk: Bytes) -> Played {
        if self.rest.is_empty() {
            self.rest = chunk;
        }
        let piece =
            if self.rest.len() <= self.split { mem::take(&mut self.rest) } else { self.rest.split_to(self.split) };
        Played::Chunk(piece)
    }

    /// Whether nothing is left but empty chunks.
    pub(crate) fn is_over(&self) -> bool {
        let left = self.steps.as_ref().get(self.at..).unwrap_or_default();
        let Some((first, more)) = left.split_first() else { return self.rest.is_empty() };
        let first_is_over =
            first.is_nothing() || matches!(first, Step::Repeat(_, n) | Step::Pending(n) if self.times >= *n);
        self.rest.is_empty() && first_is_over && are_nothing(more)
    }

    /// Whether the last step has been played.
    #[cfg(feature = "testing")]
    pub(crate) fn was_last(&self) -> bool {
        self.rest.is_empty() && self.at >= self.steps.as_ref().len()
    }
}

/// As it is written: what `Interrupted` becomes on its way in is for the adapters to say.
fn as_io(error: BoxError) -> io::Error {
    error.downcast().map_or_else(carry, |error| *error)
}
