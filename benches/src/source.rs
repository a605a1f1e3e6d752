//! What all variants of a row read from. The functions are not inlined: what the optimiser sees of a chunk it folds away.

use std::hint::black_box;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::{Bytes, BytesMut};
use futures_util::stream::Stream;
use tokio::io::{AsyncRead, ReadBuf};

/// What one run of a variant moves. No power of two: a `Vec` that is just full would be doubled.
pub const TOTAL: usize = 10_000_000;

/// As much as the largest chunk, on pages of its own.
#[repr(align(4096))]
struct Memory([u8; 1 << 20]);

static MEMORY: Memory = Memory([7; 1 << 20]);

/// `size` bytes that are always there.
#[inline(never)]
pub fn memory(size: usize) -> &'static [u8] {
    black_box(&MEMORY.0[..size])
}

/// A stream of static chunks, always ready.
#[inline(never)]
pub fn chunks(size: usize, total: usize) -> Chunks {
    Chunks { memory: memory(size), left: total / size }
}

/// See [`chunks`].
#[derive(Debug)]
pub struct Chunks {
    memory: &'static [u8],
    left: usize,
}

impl Stream for Chunks {
    type Item = io::Result<Bytes>;

    // As a stream of another crate is: its item is in memory, not in the registers of whoever takes it.
    #[inline(never)]
    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.left == 0 {
            return Poll::Ready(None);
        }
        self.left -= 1;
        Poll::Ready(Some(Ok(Bytes::from_static(self.memory))))
    }
}

/// A stream of slices of one buffer, which are counted, as hyper's are.
#[inline(never)]
pub fn slices(size: usize, total: usize) -> Slices {
    Slices { buffer: BytesMut::from(memory(64 * 1024)).freeze(), size, start: 0, left: total / size }
}

/// See [`slices`].
#[derive(Debug)]
pub struct Slices {
    buffer: Bytes,
    size: usize,
    start: usize,
    left: usize,
}

impl Stream for Slices {
    type Item = io::Result<Bytes>;

    #[inline(never)]
    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.left == 0 {
            return Poll::Ready(None);
        }
        self.left -= 1;
        let end = self.start + self.size;
        let slice = self.buffer.slice(self.start..end);
        self.start = if end + self.size > self.buffer.len() { 0 } else { end };
        Poll::Ready(Some(Ok(slice)))
    }
}

/// A reader that has at most `size` bytes at a time, and is always ready.
#[inline(never)]
pub fn reads(size: usize, total: usize) -> Reads {
    Reads { memory: memory(size), left: total / size * size }
}

/// See [`reads`].
#[derive(Debug)]
pub struct Reads {
    memory: &'static [u8],
    left: usize,
}

impl AsyncRead for Reads {
    #[inline(never)]
    fn poll_read(mut self: Pin<&mut Self>, _: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let n = self.memory.len().min(buf.remaining()).min(self.left);
        self.left -= n;
        buf.put_slice(&self.memory[..n]);
        Poll::Ready(Ok(()))
    }
}
