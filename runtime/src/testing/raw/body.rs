//! A raw `Body`.

use std::io;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};

use super::{Raw, pulls};
use crate::StreamError;
use crate::literal::{Played, Player, Step};

/// A foreign `http_body::Body` that does what is written: made by `raw_body()`.
///
/// It hands out empty data frames, trailers in the middle, and what stands behind an error. If its length was `declared`, it
/// announces it, whether that is true or not, and knows when it is over; otherwise it says neither.
///
/// # Panics
///
/// If it is polled after its end, or after an error that is the last step.
#[derive(Debug)]
#[must_use = "a body does nothing unless it is read"]
pub struct RawBody<E = io::Error> {
    raw: Raw,
    announced: Option<SizeHint>,
    error: PhantomData<fn() -> E>,
}

impl<E> RawBody<E> {
    pub(in crate::testing) fn new(player: Player<Box<[Step]>>, declared: Option<u64>) -> Self {
        RawBody { raw: Raw::new(player), announced: declared.map(SizeHint::with_exact), error: PhantomData }
    }

    /// Announces this length, whether it is true or not.
    pub fn announcing(mut self, hint: SizeHint) -> Self {
        self.announced = Some(hint);
        self
    }

    pulls!();
}

impl<E: StreamError> Body for RawBody<E> {
    type Data = Bytes;
    type Error = E;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, E>>> {
        Poll::Ready(match ready!(self.raw.poll_step(cx)) {
            Some(Played::Chunk(chunk)) => {
                self.announced = self.announced.map(|hint| less(&hint, chunk.len() as u64));
                Some(Ok(Frame::data(chunk)))
            }
            Some(Played::Trailers(trailers)) => Some(Ok(Frame::trailers(trailers.into()))),
            Some(Played::Error(error)) => Some(Err(E::from_io(error))),
            None => None,
        })
    }

    fn is_end_stream(&self) -> bool {
        self.announced.is_some() && self.raw.player.was_last()
    }

    fn size_hint(&self) -> SizeHint {
        self.announced.unwrap_or_default()
    }
}

/// What is left of an announced length.
fn less(hint: &SizeHint, came: u64) -> SizeHint {
    let mut less = SizeHint::new();
    less.set_lower(hint.lower().saturating_sub(came));
    if let Some(most) = hint.upper() {
        less.set_upper(most.saturating_sub(came));
    }
    less
}
