//! A part that is being gathered.

use bytes::{Bytes, BytesMut};

use crate::source::TRUSTED;

/// What there is of a part.
pub(super) enum Gathered {
    /// A chunk as it came, or nothing.
    One(Bytes),
    /// Several, of which `filled` bytes have come.
    Joined { memory: BytesMut, filled: usize },
}

impl Default for Gathered {
    fn default() -> Self {
        Gathered::One(Bytes::new())
    }
}

impl Gathered {
    pub(super) fn lend(&self) -> &[u8] {
        match self {
            Gathered::One(chunk) => chunk,
            Gathered::Joined { memory, filled } => &memory[..*filled],
        }
    }

    pub(super) fn len(&self) -> usize {
        self.lend().len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Where more may be written, up to `want` bytes in all. Of a chunk as it came there is no such place.
    pub(super) fn room(&mut self, want: usize) -> &mut [u8] {
        match self {
            Gathered::One(_) => &mut [],
            Gathered::Joined { memory, filled } => {
                let end = want.min(memory.len());
                &mut memory[*filled..end]
            }
        }
    }

    /// Takes note of `n` bytes that were written there.
    pub(super) fn fill(&mut self, n: usize) {
        if let Gathered::Joined { filled, .. } = self {
            *filled += n;
        }
    }

    /// Adds a chunk, after which at most `most` bytes come. `want` bytes are to be gathered.
    pub(super) fn push(&mut self, chunk: Bytes, want: usize, most: Option<u64>) {
        if self.is_empty() {
            *self = Gathered::One(chunk);
            return;
        }
        let (before, filled) = (self.len(), self.len() + chunk.len());
        let most = most.and_then(|most| usize::try_from(most).ok()).unwrap_or(usize::MAX);
        // A part that is larger grows.
        let room = filled.saturating_mul(2).max(TRUSTED).min(filled.saturating_add(most)).min(want);
        let mut memory = BytesMut::zeroed(room.max(filled));
        memory[..before].copy_from_slice(self.lend());
        memory[before..filled].copy_from_slice(&chunk);
        *self = Gathered::Joined { memory, filled };
    }

    /// Takes at most `most` bytes. What has been taken whole is let go.
    pub(super) fn take(&mut self, most: usize) -> Bytes {
        match self {
            Gathered::One(chunk) if most < chunk.len() => chunk.split_to(most),
            Gathered::Joined { memory, filled } if most < *filled => {
                *filled -= most;
                memory.split_to(most).freeze()
            }
            _ => match std::mem::take(self) {
                Gathered::One(chunk) => chunk,
                Gathered::Joined { mut memory, filled } => memory.split_to(filled).freeze(),
            },
        }
    }
}
