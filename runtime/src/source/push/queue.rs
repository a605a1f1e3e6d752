//! Bytes on their way, in order. It knows no tasks.

use std::collections::VecDeque;

use bytes::{Bytes, BytesMut};

/// Chunks that were sent whole, and blocks in which small writes were gathered.
pub(super) struct Queue {
    chunks: VecDeque<Bytes>,
    /// What was written last, after all chunks. It is shorter than its block.
    gathered: BytesMut,
    /// Whether what is gathered goes out although it does not fill its block.
    flushed: bool,
    len: usize,
    capacity: usize,
    block: usize,
}

impl Queue {
    /// Holds so many bytes, and gathers no more than `block` of them in one chunk.
    pub(super) fn new(capacity: usize, block: usize) -> Self {
        Queue { chunks: VecDeque::new(), gathered: BytesMut::new(), flushed: false, len: 0, capacity, block }
    }

    /// Gives up all bytes, and the memory.
    pub(super) fn take(&mut self) -> Queue {
        let empty = Queue::new(self.capacity, self.block);
        std::mem::replace(self, empty)
    }

    pub(super) fn len(&self) -> usize {
        self.len
    }

    pub(super) fn is_empty(&self) -> bool {
        self.len == 0
    }

    pub(super) fn room(&self) -> usize {
        self.capacity.saturating_sub(self.len)
    }

    /// Whether there is room for a chunk of so many bytes. There is for any one, when it is alone.
    pub(super) fn accepts(&self, len: usize) -> bool {
        self.is_empty() || len <= self.room()
    }

    /// Appends a chunk, which is not empty, as it is.
    pub(super) fn push(&mut self, chunk: Bytes) {
        self.seal();
        self.len += chunk.len();
        self.chunks.push_back(chunk);
    }

    /// Copies what there is room for, and says how much that was.
    pub(super) fn write(&mut self, bytes: &[u8]) -> usize {
        let n = bytes.len().min(self.room());
        let mut bytes = &bytes[..n];
        while !bytes.is_empty() {
            let (head, rest) = bytes.split_at(bytes.len().min(self.make_spare()));
            self.gathered.extend_from_slice(head);
            bytes = rest;
            if self.spare() == 0 {
                self.seal();
            }
        }
        self.len += n;
        n
    }

    /// How much fits in the block behind what is gathered there.
    fn spare(&self) -> usize {
        self.gathered.capacity().min(self.block) - self.gathered.len()
    }

    /// Sees to a block with room. A sliver of one is left alone: to gather in it would cut the chunks small.
    fn make_spare(&mut self) -> usize {
        let sliver = (self.block / 4).max(1);
        if self.gathered.is_empty() && self.spare() < sliver && !self.gathered.try_reclaim(self.block) {
            self.gathered = BytesMut::with_capacity(self.block);
        }
        self.spare()
    }

    /// Makes a chunk of what is gathered.
    fn seal(&mut self) {
        if !self.gathered.is_empty() {
            self.chunks.push_back(self.gathered.split().freeze());
            self.flushed = false;
        }
    }

    /// Lets go out what is gathered, and what joins it until then.
    pub(super) fn flush(&mut self) {
        self.flushed = !self.gathered.is_empty();
    }

    /// Whether there is a chunk that nothing more can join.
    pub(super) fn has_chunk(&self) -> bool {
        !self.chunks.is_empty()
    }

    /// Whether there is anything to take.
    pub(super) fn is_ready(&self) -> bool {
        self.has_chunk() || self.flushed
    }

    /// Takes the first chunk.
    pub(super) fn pop(&mut self) -> Option<Bytes> {
        if !self.is_ready() {
            return None;
        }
        let chunk = self.chunks.pop_front().unwrap_or_else(|| {
            self.flushed = false;
            self.gathered.split().freeze()
        });
        self.len -= chunk.len();
        Some(chunk)
    }
}
