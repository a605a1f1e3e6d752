//! A raw iterator.

use std::io;
use std::task::{Context, Poll, Waker};

use bytes::Bytes;

use super::{Raw, pulls};
use crate::literal::{Played, Player, Step};

/// A foreign iterator of chunks that does what is written: made by `raw_iter()`.
///
/// It hands out empty chunks, too, and what stands behind an error. `pending` and trailers are skipped.
///
/// # Panics
///
/// If it is asked after its end, or after an error that is the last step; and where it would have to wait: at `hang`, or if it is
/// paced.
#[derive(Debug)]
#[must_use = "an iterator does nothing unless it is asked"]
pub struct RawIter {
    raw: Raw,
}

impl RawIter {
    pub(in crate::testing) fn new(player: Player<Box<[Step]>>) -> Self {
        let never_pending = |step| if let Step::Pending(_) = step { Step::Pending(0) } else { step };
        let player = player.map(|steps| steps.into_iter().map(never_pending).collect());
        RawIter { raw: Raw::new(player) }
    }

    pulls!();
}

impl Iterator for RawIter {
    type Item = io::Result<Bytes>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut cx = Context::from_waker(Waker::noop());
        loop {
            return match self.raw.poll_step(&mut cx) {
                Poll::Ready(Some(Played::Chunk(chunk))) => Some(Ok(chunk)),
                Poll::Ready(Some(Played::Error(error))) => Some(Err(error)),
                Poll::Ready(Some(Played::Trailers(_))) => continue,
                Poll::Ready(None) => None,
                Poll::Pending => panic!("an iterator cannot wait: it is paced, or has come to `hang`"),
            };
        }
    }
}
