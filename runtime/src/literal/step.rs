//! One step of a stream that is written down.

use std::io;

use bytes::Bytes;

use crate::Trailers;
use crate::error::BoxError;

/// One thing that a stream does. After the last step comes the end.
///
/// [`stream!`](crate::stream!) writes steps down; a test that computes them builds a `testing::Script`.
#[derive(Debug)]
#[non_exhaustive]
pub enum Step {
    /// Bytes, or none.
    Chunk(Bytes),
    /// The same bytes so many times, a chunk each time.
    Repeat(Bytes, usize),
    /// Not now, so many times. The task is woken each time.
    Pending(usize),
    /// Never.
    Hang,
    /// An error of this kind, with no payload.
    Error(io::ErrorKind),
    /// This error.
    Fail(BoxError),
    /// A panic: the stream must not be polled here.
    Panic,
    /// Trailers.
    Trailers(Trailers),
    /// Trailers that are written down, so that a `const` can hold them.
    #[doc(hidden)]
    Fields(&'static [(&'static str, &'static str)]),
}

impl Step {
    /// Whether nothing comes of it: an empty chunk.
    pub(crate) const fn is_nothing(&self) -> bool {
        match self {
            Step::Chunk(chunk) => chunk.is_empty(),
            Step::Repeat(chunk, times) => chunk.is_empty() || *times == 0,
            Step::Pending(times) => *times == 0,
            _ => false,
        }
    }

    /// How many bytes come of it, or `None` if none come after it.
    pub(crate) const fn length(&self) -> Option<u64> {
        match self {
            Step::Chunk(chunk) => Some(chunk.len() as u64),
            Step::Repeat(chunk, times) => Some((chunk.len() as u64).saturating_mul(*times as u64)),
            Step::Pending(_) | Step::Trailers(_) | Step::Fields(_) => Some(0),
            Step::Hang | Step::Error(_) | Step::Fail(_) | Step::Panic => None,
        }
    }
}

/// How many bytes come of these steps, up to what stops them: at least, and at most where they end well and nothing follows them. A
/// client of HTTP/1 that was told an exact length never asks for an error or trailers behind it.
pub(crate) const fn length(steps: &[Step]) -> (u64, Option<u64>) {
    let (mut length, mut is_all, mut at) = (0u64, true, 0);
    while at < steps.len() {
        match steps[at].length() {
            Some(more) => length = length.saturating_add(more),
            None => return (length, None),
        }
        is_all &= !matches!(steps[at], Step::Trailers(_) | Step::Fields(_));
        at += 1;
    }
    (length, if is_all { Some(length) } else { None })
}

/// Whether nothing comes of these steps.
pub(crate) const fn are_nothing(steps: &[Step]) -> bool {
    let mut at = 0;
    while at < steps.len() {
        if !steps[at].is_nothing() {
            return false;
        }
        at += 1;
    }
    true
}
