//! What all variants of a row read from. The functions are not inlined: what the optimiser sees of a chunk it folds away.

use std::hint::black_box;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::{Bytes, BytesMut};
use futures_util::stream::{Stream, StreamExt};
use http_body::{Body, Frame, SizeHint};
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

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.left == 0 {
            return Poll::Ready(None);
        }
        self.left -= 1;
        Poll::Ready(Some(Ok(chunk(self.memory))))
    }
}

/// A chunk that has just been written to memory, as those are that other crates hand out.
#[inline(never)]
fn chunk(memory: &'static [u8]) -> Bytes {
    Bytes::from_static(memory)
}

/// A stream of chunks of memory of their own.
#[inline(never)]
pub fn heap(size: usize, total: usize) -> Heap {
    Heap { size, left: total / size }
}

/// See [`heap`].
#[derive(Debug)]
pub struct Heap {
    size: usize,
    left: usize,
}

impl Stream for Heap {
    type Item = io::Result<Bytes>;

    #[inline(never)]
    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.left == 0 {
            return Poll::Ready(None);
        }
        self.left -= 1;
        Poll::Ready(Some(Ok(Bytes::from(memory(self.size).to_vec()))))
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
    // As a reader is: code that is compiled into whoever reads it. Its memory is what the optimiser does not see through.
    #[inline]
    fn poll_read(mut self: Pin<&mut Self>, _: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let n = self.memory.len().min(buf.remaining()).min(self.left);
        self.left -= n;
        buf.put_slice(&self.memory[..n]);
        Poll::Ready(Ok(()))
    }
}

/// A body of chunks that says how long it is.
#[derive(Debug)]
pub struct Announced<S> {
    chunks: S,
    left: usize,
}

impl<S> Announced<S> {
    /// Announces `total` bytes.
    pub fn new(chunks: S, total: usize) -> Self {
        Announced { chunks, left: total }
    }
}

impl<S: Stream<Item = io::Result<Bytes>> + Unpin> Body for Announced<S> {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let polled = self.chunks.poll_next_unpin(cx);
        if let Poll::Ready(Some(Ok(chunk))) = &polled {
            self.left -= chunk.len();
        }
        polled.map_ok(Frame::data)
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left as u64)
    }
}

/// Lines of a log, which compress as such lines do. They are always there, as [`memory`] is: to count slices of them would be a tenth
/// of what zstd takes for 64 bytes.
#[inline(never)]
pub fn text(total: usize) -> Bytes {
    let mut state = 7_u64;
    let mut text = BytesMut::with_capacity(total + 100);
    while text.len() < total {
        // xorshift64
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let (status, took) = ([200, 200, 200, 304, 404][state as usize % 5], state >> 50);
        let line = format!("GET /item/{:x}/{} HTTP/1.1 {status} {took} us\n", state >> 40 & 0xfff, state % 97);
        text.extend_from_slice(line.as_bytes());
    }
    text.truncate(total);
    Bytes::from_static(Vec::leak(text.into()))
}

/// A stream of pieces of a text.
#[inline(never)]
pub fn pieces(text: &Bytes, size: usize, pace: Pace) -> Pieces {
    Pieces { left: text.clone(), size: black_box(size), pace, pending: false }
}

/// When a stream has something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// Always.
    Ready,
    /// Not right after a chunk: it is polled again then. Who polls it knows, so it wakes nobody.
    Slow,
}

/// See [`pieces`].
#[derive(Debug)]
pub struct Pieces {
    left: Bytes,
    size: usize,
    pace: Pace,
    pending: bool,
}

impl Stream for Pieces {
    type Item = io::Result<Bytes>;

    #[inline(never)]
    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if std::mem::take(&mut self.pending) {
            return Poll::Pending;
        }
        self.pending = self.pace == Pace::Slow;
        let n = self.size.min(self.left.len());
        Poll::Ready((n > 0).then(|| Ok(self.left.split_to(n))))
    }
}
