//! Chunks put together.

use std::mem;

use bytes::{Bytes, BytesMut};

use crate::source::TRUSTED;

/// Chunks that shall become one of at most a window.
pub(super) struct Gathered {
    window: usize,
    // The first chunk, as it came: it is copied when a second one comes, and not before.
    first: Bytes,
    // Empty while there is a `first`. What has been handed out is split off it, and its memory comes back when that is dropped.
    block: BytesMut,
}

impl Gathered {
    pub(super) fn new(window: usize) -> Self {
        Gathered { window, first: Bytes::new(), block: BytesMut::new() }
    }

    pub(super) fn window(&self) -> usize {
        self.window
    }

    pub(super) fn len(&self) -> usize {
        self.first.len() + self.block.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many bytes are missing to a window.
    pub(super) fn room(&self) -> usize {
        self.window.saturating_sub(self.len())
    }

    /// Adds a chunk, which has room unless it is the first.
    pub(super) fn add(&mut self, chunk: Bytes) {
        if self.is_empty() {
            self.first = chunk;
            return;
        }
        let first = mem::take(&mut self.first);
        self.copy(&first);
        self.copy(&chunk);
    }

    fn copy(&mut self, bytes: &[u8]) {
        let len = self.block.len();
        // The block of a window that is larger grows.
        let size = (len + bytes.len()).saturating_mul(2).max(TRUSTED).min(self.window);
        // To begin in a sliver would mean to move soon.
        let least = if self.block.is_empty() { size / 2 } else { 0 };
        let spare = self.block.capacity() - len;
        if spare < least.max(bytes.len()) && !self.block.try_reclaim(size.saturating_sub(len)) {
            let mut block = BytesMut::with_capacity(size);
            block.extend_from_slice(&self.block);
            self.block = block;
        }
        self.block.extend_from_slice(bytes);
    }

    /// All of it as one chunk, or none.
    pub(super) fn take(&mut self) -> Bytes {
        if self.block.is_empty() {
            return mem::take(&mut self.first);
        }
        self.block.split().freeze()
    }

    /// Lets the memory go that the next chunks would be put together in.
    pub(super) fn free(&mut self) {
        self.block = BytesMut::new();
    }
}
