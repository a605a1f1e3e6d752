//! A raw `Stream`.

use std::io;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;

use super::{Raw, pulls};
use crate::StreamError;
use crate::literal::{Played, Player, Step};

/// A foreign `Stream` that does what is written: made by `raw_stream()`.
///
/// It hands out empty chunks, too, and what stands behind an error. Trailers are skipped.
///
/// # Panics
///
/// If it is polled after its end, or after an error that is the last step.
#[derive(Debug)]
#[must_use = "a stream does nothing unless it is read"]
pub struct RawStream<E = io::Error> {
    raw: Raw,
    error: PhantomData<fn() -> E>,
}

impl<E> RawStream<E> {
    pub(in crate::testing) fn new(player: Player<Box<[Step]>>) -> Self {
        RawStream { raw: Raw::new(player), error: PhantomData }
    }

    pulls!();
}

impl<E: StreamError> Stream for RawStream<E> {
    type Item = Result<Bytes, E>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            return Poll::Ready(match ready!(self.raw.poll_step(cx)) {
                Some(Played::Chunk(chunk)) => Some(Ok(chunk)),
                Some(Played::Error(error)) => Some(Err(E::from_io(error))),
                Some(Played::Trailers(_)) => continue,
                None => None,
            });
        }
    }
}
