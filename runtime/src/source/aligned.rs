//! Blocks of memory that begin at a cache line.
//!
//! A copy into such a block is faster by half where all is in the first-level cache. And it keeps clear of a fault of some
//! processors (AMD's Zen 3 and 4; glibc's bug 30994): a `rep movsb`, by which both the C library and the kernel copy, is 20 times slower
//! if the destination lies 1 to 63 bytes behind the source, modulo the size of a page. Sources often begin at a page: those of the page
//! cache do, and so does large static memory. What an allocator gives begins at any multiple of 16.

use bytes::{Buf, BufMut, BytesMut};

const LINE: usize = 64;

/// How much more memory a block takes, so that there is a cache line to begin at. A small one is copied into in another way.
fn more(size: usize) -> usize {
    if size < 4096 { 0 } else { LINE - 1 }
}

/// An empty block with room for `size` bytes, and perhaps a few more.
pub(crate) fn with_capacity(size: usize) -> BytesMut {
    let mut block = BytesMut::with_capacity(size + more(size));
    begin_at_line(&mut block, size);
    block
}

/// Makes all of an empty block free again, if it has room for `size` bytes and nobody holds a chunk of it.
pub(crate) fn try_reclaim(block: &mut BytesMut, size: usize) -> bool {
    let free = block.try_reclaim(size.saturating_add(more(size)));
    if free {
        begin_at_line(block, size);
    }
    free
}

/// A block of at least `size` bytes that are zero.
#[cfg(feature = "file")]
pub(crate) fn zeroed(size: usize) -> BytesMut {
    let mut block = BytesMut::zeroed(size + more(size));
    block.advance(before_line(&block).min(more(size)));
    block
}

fn begin_at_line(block: &mut BytesMut, size: usize) {
    let before = before_line(block);
    if block.capacity() >= size.saturating_add(before) {
        block.put_bytes(0, before);
        block.advance(before);
    }
}

fn before_line(block: &BytesMut) -> usize {
    block.as_ptr().addr().wrapping_neg() % LINE
}
