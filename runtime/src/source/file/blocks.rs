//! Memory that is read into, again and again.

use bytes::{Bytes, BytesMut};

use crate::source::aligned;

/// So many are remembered: more than a consumer keeps that hands chunks on one by one.
const MOST: usize = 8;

/// The blocks that chunks were made of. One whose chunks have been dropped is read into again, so that it is allocated and
/// zeroed once.
#[derive(Default)]
pub(super) struct Blocks(Vec<Bytes>);

impl Blocks {
    /// A block of at least `size` bytes, of which none matter. Others that have come back are let go.
    pub(super) fn take(&mut self, size: usize) -> BytesMut {
        if let Some(at) = self.0.iter().position(|block| block.is_unique() && block.len() >= size) {
            let block = self.0.swap_remove(at);
            self.let_go(0);
            if let Ok(block) = block.try_into_mut() {
                return block;
            }
        }
        let mut block = aligned::zeroed(size);
        // So that its memory is counted once and for all. `Bytes` made of a `Vec` would count anew for every chunk.
        drop(block.split_off(size));
        block
    }

    /// The first `n` bytes of a block as a chunk.
    pub(super) fn lend(&mut self, block: BytesMut, n: usize) -> Bytes {
        let block = block.freeze();
        let chunk = block.slice(..n);
        if self.0.len() == MOST {
            self.0.remove(0);
        }
        self.0.push(block);
        chunk
    }

    /// Keeps at most so many of the blocks that nobody else holds.
    pub(super) fn let_go(&mut self, most: usize) {
        let mut kept = 0;
        self.0.retain(|block| {
            let ours = block.is_unique();
            kept += usize::from(ours);
            !ours || kept <= most
        });
    }

    pub(super) fn clear(&mut self) {
        self.0 = Vec::new();
    }
}
