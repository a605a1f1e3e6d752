//! The unread rest of a chunk: the one place that all views of a source share.

use bytes::{Buf, Bytes};
use tokio::io::ReadBuf;

use crate::stream::{check_consumed, check_max};

/// Bytes that have come and that nobody has read.
#[derive(Default)]
pub(crate) struct Unread(Bytes);

impl Unread {
    #[inline]
    pub(crate) fn new(bytes: Bytes) -> Self {
        Unread(bytes)
    }

    #[inline]
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    #[inline]
    pub(crate) fn len(&self) -> u64 {
        self.0.len() as u64
    }

    #[inline]
    pub(crate) fn lend(&self) -> &[u8] {
        &self.0
    }

    /// The next chunk, without a copy; the rest of it stays.
    #[inline]
    pub(crate) fn take(&mut self, max: usize) -> Option<Bytes> {
        if self.0.is_empty() {
            return None;
        }
        Some(chunk_of(&mut self.0, max))
    }

    /// Keeps what exceeds `max` of a chunk that has just come.
    #[inline]
    pub(crate) fn keep_beyond(&mut self, max: usize, mut chunk: Bytes) -> Bytes {
        if chunk.len() <= max {
            return chunk;
        }
        let head = chunk_of(&mut chunk, max);
        self.0 = chunk;
        head
    }

    /// Copies what fits, and says how much that was.
    #[inline]
    pub(crate) fn read_into(&mut self, buf: &mut ReadBuf<'_>) -> usize {
        let n = self.0.len().min(buf.remaining());
        if n > 0 {
            buf.put_slice(&self.0[..n]);
            self.advance(n);
        }
        n
    }

    #[inline]
    pub(crate) fn consume(&mut self, n: usize) {
        check_consumed(n, self.0.len());
        self.advance(n);
    }

    /// A chunk that has been read is let go: an empty `Bytes` may still hold the memory that it was a part of.
    #[inline]
    fn advance(&mut self, n: usize) {
        if n == self.0.len() {
            self.0 = Bytes::new();
        } else {
            self.0.advance(n);
        }
    }

    #[inline]
    pub(crate) fn into_bytes(self) -> Bytes {
        self.0
    }
}

#[inline]
fn chunk_of(bytes: &mut Bytes, max: usize) -> Bytes {
    check_max(max);
    bytes.split_to(max.min(bytes.len()))
}
