//! The unread rest of a chunk: the one place that all views of a source share.

use std::io;

use bytes::{Buf, Bytes};
use tokio::io::ReadBuf;

use crate::stream::check_consumed;

/// Bytes that have come and that nobody has read. A chunk that has been read is let go: an empty `Bytes` may still hold the
/// memory that it was a part of.
#[derive(Default)]
pub(crate) struct Unread(Option<Bytes>);

impl Unread {
    pub(crate) const NOTHING: Self = Unread(None);

    #[inline]
    pub(crate) fn new(bytes: Bytes) -> Self {
        Unread(Some(bytes).filter(|bytes| !bytes.is_empty()))
    }

    /// What a source gave, if that is a chunk, which is not an empty one.
    #[inline]
    pub(crate) fn of(came: Option<io::Result<Bytes>>) -> Self {
        Unread(came.and_then(Result::ok))
    }

    /// The same without its first `n` bytes, which are not all.
    #[inline]
    pub(crate) fn after(n: usize, came: Option<io::Result<Bytes>>) -> Self {
        let mut unread = Self::of(came);
        unread.consume(n);
        unread
    }

    #[inline]
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    #[inline]
    pub(crate) fn len(&self) -> u64 {
        self.lend().len() as u64
    }

    #[inline]
    pub(crate) fn lend(&self) -> &[u8] {
        self.0.as_deref().unwrap_or_default()
    }

    /// The next chunk, without a copy; the rest of it stays.
    #[inline]
    pub(crate) fn take(&mut self, max: usize) -> Option<Bytes> {
        match &mut self.0 {
            Some(bytes) if bytes.len() > max => Some(bytes.split_to(max)),
            whole => whole.take(),
        }
    }

    /// Keeps what exceeds `max` of a chunk that has just come.
    #[inline]
    pub(crate) fn keep_beyond(&mut self, max: usize, mut chunk: Bytes) -> Bytes {
        if chunk.len() <= max {
            return chunk;
        }
        let head = chunk.split_to(max);
        self.0 = Some(chunk);
        head
    }

    /// Fills `buf` from a chunk that is longer than that, and says how much that was: 0, if it is not.
    #[inline]
    pub(crate) fn read_part(&mut self, buf: &mut ReadBuf<'_>) -> usize {
        let room = buf.remaining();
        match &mut self.0 {
            Some(bytes) if bytes.len() > room => {
                buf.put_slice(&bytes[..room]);
                bytes.advance(room);
                room
            }
            _ => 0,
        }
    }

    /// Copies all that is unread, for which there is room, and says how much that was.
    #[inline]
    pub(crate) fn read_all(&mut self, buf: &mut ReadBuf<'_>) -> usize {
        let Some(bytes) = &self.0 else {
            return 0;
        };
        let n = bytes.len();
        buf.put_slice(bytes);
        self.0 = None;
        n
    }

    /// Copies what fits, and says how much that was.
    #[inline]
    pub(crate) fn read_into(&mut self, buf: &mut ReadBuf<'_>) -> usize {
        match self.read_part(buf) {
            0 => self.read_all(buf),
            n => n,
        }
    }

    #[inline]
    pub(crate) fn consume(&mut self, n: usize) {
        let Some(bytes) = &mut self.0 else {
            return check_consumed(n, 0);
        };
        if n < bytes.len() {
            return bytes.advance(n);
        }
        check_consumed(n, bytes.len());
        self.0 = None;
    }

    #[inline]
    pub(crate) fn into_bytes(self) -> Bytes {
        self.0.unwrap_or_default()
    }
}
