//! Small chunks, on their way into one write.

/// Bytes that have left the stream, and that the writer has not taken.
#[derive(Default)]
pub(super) struct Gathered {
    bytes: Vec<u8>,
    written: usize,
}

impl Gathered {
    /// A write of this size costs little a byte, and what goes into it is still in the cache.
    const MOST: usize = 64 * 1024;

    pub(super) fn unwritten(&self) -> &[u8] {
        &self.bytes[self.written..]
    }

    pub(super) fn is_empty(&self) -> bool {
        self.unwritten().is_empty()
    }

    /// Whether nothing more is to be gathered before all of it is written.
    pub(super) fn is_full(&self) -> bool {
        self.bytes.len() == Self::MOST || self.written > 0
    }

    /// Takes what there is room for, and says how much that was.
    pub(super) fn take(&mut self, lent: &[u8]) -> usize {
        let n = lent.len().min(Self::MOST - self.bytes.len());
        self.bytes.extend_from_slice(&lent[..n]);
        n
    }

    /// The writer has taken the first `n` of what is unwritten.
    pub(super) fn advance(&mut self, n: usize) {
        self.written += n;
        if self.is_empty() {
            self.bytes.clear();
            self.written = 0;
        }
    }

    pub(super) fn release(&mut self) {
        *self = Gathered::default();
    }
}
