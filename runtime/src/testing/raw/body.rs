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
    declared: Option<u64>,
    error: PhantomData<fn() -> E>,
}

impl<E> RawBody<E> {
    pub(in crate::testing) fn new(player: Player<Box<[Step]>>, declared: Option<u64>) -> Self {
        RawBody { raw: Raw::new(player), declared, error: PhantomData }
    }

    pulls!();
}

impl<E: StreamError> Body for RawBody<E> {
    type Data = Bytes;
    type Error = E;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, E>>> {
        Poll::Ready(match ready!(self.raw.poll_step(cx)) {
            Some(Played::Chunk(chunk)) => {
                self.declared = self.declared.map(|left| left.saturating_sub(chunk.len() as u64));
                Some(Ok(Frame::data(chunk)))
            }
            Some(Played::Trailers(trailers)) => Some(Ok(Frame::trailers(trailers.into()))),
            Some(Played::Error(error)) => Some(Err(E::from_io(error))),
            None => None,
        })
    }

    fn is_end_stream(&self) -> bool {
        self.declared.is_some() && self.raw.player.was_last()
    }

    fn size_hint(&self) -> SizeHint {
        self.declared.map_or_else(SizeHint::new, SizeHint::with_exact)
    }
}
