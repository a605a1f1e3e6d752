//! A raw reader of both worlds.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Buf, Bytes};
use tokio::io::{AsyncBufRead, AsyncRead, ReadBuf};

use super::super::task::Violation;
use super::{Raw, pulls};
use crate::literal::{Played, Player, Step};

/// A foreign reader that does what is written: made by `raw_reader()`.
///
/// It is a tokio reader and, with the feature `futures-io`, a futures one, with a buffer and, for whoever only reads, without one. A
/// read gives a part of one chunk, never of two. A reader has no empty chunks, since no bytes are its end: they are skipped, as trailers
/// are. `error(Interrupted)` is an `EINTR`, after which it goes on.
///
/// # Panics
///
/// If it is polled after its end, or after an error that is the last step; and if it is read into an empty buffer.
#[derive(Debug)]
#[must_use = "a reader does nothing unless it is read"]
pub struct RawReader {
    raw: Raw,
    /// What has not been read of the chunk that came last.
    chunk: Bytes,
}

impl RawReader {
    pub(in crate::testing) fn new(player: Player<Box<[Step]>>) -> Self {
        RawReader { raw: Raw::new(player), chunk: Bytes::new() }
    }

    pulls!();

    fn poll_chunk(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<&mut Bytes>> {
        while self.chunk.is_empty() {
            match ready!(self.raw.poll_reader_step(cx)) {
                Some(Played::Chunk(chunk)) => self.chunk = chunk,
                Some(Played::Error(error)) => return Poll::Ready(Err(error)),
                Some(Played::Trailers(_)) => {}
                None => break,
            }
        }
        Poll::Ready(Ok(&mut self.chunk))
    }

    fn poll_some(&mut self, cx: &mut Context<'_>, most: usize) -> Poll<io::Result<Bytes>> {
        if most == 0 {
            Violation::PolledForNoBytes.report();
        }
        let chunk = ready!(self.poll_chunk(cx))?;
        Poll::Ready(Ok(chunk.split_to(chunk.len().min(most))))
    }
}

impl AsyncRead for RawReader {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let some = ready!(self.get_mut().poll_some(cx, buf.remaining()))?;
        buf.put_slice(&some);
        Poll::Ready(Ok(()))
    }
}

impl AsyncBufRead for RawReader {
    fn poll_fill_buf(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<&[u8]>> {
        self.get_mut().poll_chunk(cx).map_ok(|chunk| &chunk[..])
    }

    fn consume(self: Pin<&mut Self>, n: usize) {
        let chunk = &mut self.get_mut().chunk;
        chunk.advance(n);
        if chunk.is_empty() {
            // An empty part of a chunk still holds all of it.
            *chunk = Bytes::new();
        }
    }
}

#[cfg(feature = "futures-io")]
impl futures_io::AsyncRead for RawReader {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut [u8]) -> Poll<io::Result<usize>> {
        let some = ready!(self.get_mut().poll_some(cx, buf.len()))?;
        buf[..some.len()].copy_from_slice(&some);
        Poll::Ready(Ok(some.len()))
    }
}

#[cfg(feature = "futures-io")]
impl futures_io::AsyncBufRead for RawReader {
    fn poll_fill_buf(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<&[u8]>> {
        AsyncBufRead::poll_fill_buf(self, cx)
    }

    fn consume(self: Pin<&mut Self>, n: usize) {
        AsyncBufRead::consume(self, n);
    }
}
