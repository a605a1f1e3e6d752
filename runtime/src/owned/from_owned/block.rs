//! The memory that operations read into.

use std::mem;

use bytes::{Bytes, BytesMut};

use crate::source::aligned;

/// One block, from which buffers are split, and which is used again when its chunks are gone.
pub(super) struct Block {
    /// What is left of it, empty. While an operation is in flight, what that has not been given.
    rest: BytesMut,
    size: usize,
}

impl Block {
    pub(super) fn new(size: usize) -> Self {
        Block { rest: BytesMut::new(), size }
    }

    pub(super) fn size(&self) -> usize {
        self.size
    }

    /// An empty buffer with room for some bytes, and for no more than `max`.
    pub(super) fn lend(&mut self, max: usize) -> BytesMut {
        let want = max.min(self.size);
        // A sliver of a block is left alone: reading into it would cut the chunks small.
        let sliver = want.min(self.size / 4).max(1);
        if self.rest.capacity() < sliver && !aligned::try_reclaim(&mut self.rest, self.size) {
            self.rest = aligned::with_capacity(self.size);
        }
        let mut buf = mem::take(&mut self.rest);
        if buf.capacity() > want {
            self.rest = buf.split_off(want);
        }
        buf
    }

    /// Takes the chunk, of `n` bytes, out of a buffer, and keeps what is left of its room.
    pub(super) fn take_back(&mut self, mut buf: BytesMut, n: usize) -> Bytes {
        let chunk = buf.split_to(n).freeze();
        // Behind a buffer that was cut off short lies the rest of the block. The two cannot be put together again where a read came short.
        // One without any room is kept, too, where there is no rest: by it the block is found again when its chunks are gone.
        if buf.capacity() >= self.rest.capacity() {
            buf.clear();
            self.rest = buf;
        }
        chunk
    }

    /// Lets the memory go.
    pub(super) fn release(&mut self) {
        self.rest = BytesMut::new();
    }
}
