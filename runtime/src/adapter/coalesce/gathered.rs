//! Chunks put together.

use std::future::Future;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, ready};
use std::{io, mem};

use bytes::{BufMut, Bytes, BytesMut};
use tokio::io::AsyncReadExt;

use crate::source::TRUSTED;
use crate::{ByteStream, ByteStreamExt};

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

    /// Gathers what `stream` has next, and says how much that was: none is the end. There must be room. Of the first chunk at most `max`
    /// bytes are asked for, if that is a window.
    pub(super) fn poll_more<S: ByteStream>(
        &mut self,
        mut stream: Pin<&mut S>,
        cx: &mut Context<'_>,
        max: usize,
    ) -> Poll<io::Result<usize>> {
        if !self.block.is_empty() {
            // What comes now is copied anyway: to take small chunks first would be most of what they cost.
            self.reserve(1);
            let room = self.room();
            return pin!(stream.as_tokio().read_buf(&mut (&mut self.block).limit(room))).poll(cx);
        }
        let most = if self.is_empty() { max.max(self.window) } else { self.room() };
        let chunk = ready!(stream.poll_chunk(cx, most)).transpose()?.unwrap_or_default();
        let n = chunk.len();
        if self.is_empty() {
            self.first = chunk;
        } else if n > 0 {
            let first = mem::take(&mut self.first);
            self.copy(&first);
            self.copy(&chunk);
        }
        Poll::Ready(Ok(n))
    }

    fn copy(&mut self, bytes: &[u8]) {
        self.reserve(bytes.len());
        self.block.extend_from_slice(bytes);
    }

    /// Makes sure that so many bytes fit into the block.
    fn reserve(&mut self, bytes: usize) {
        let len = self.block.len();
        // The block of a window that is larger grows.
        let size = (len + bytes).saturating_mul(2).max(TRUSTED).min(self.window);
        // To begin in a sliver would mean to move soon.
        let least = if self.block.is_empty() { size / 2 } else { 0 };
        let spare = self.block.capacity() - len;
        if spare < least.max(bytes) && !self.block.try_reclaim(size.saturating_sub(len)) {
            let mut block = BytesMut::with_capacity(size);
            block.extend_from_slice(&self.block);
            self.block = block;
        }
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
