//! Memory that readers read into, again and again.

use std::mem;

use bytes::buf::Limit;
use bytes::{BufMut, Bytes, BytesMut};

use crate::source::aligned;

/// So many blocks are remembered whose chunks the consumer keeps: more than one keeps that hands chunks on one by one.
const REMEMBERED: usize = 16;
/// A block of this size stays in the first-level cache, beside what is copied into it.
const SMALL: usize = 16 * 1024;

/// One block that is read into and that chunks are split off, and the blocks before it that chunks still hold. Memory whose
/// chunks have been dropped is read into again; what is read into is never zeroed.
pub(super) struct Blocks {
    current: BytesMut,
    /// Without any room. When such a one is the last to hold its block, all of the block is free.
    aside: Vec<BytesMut>,
    pace: Pace,
    most: usize,
}

/// What is known of the reader, which says how large the next block is.
enum Pace {
    /// Nothing.
    First,
    /// It has always had something: it reads from memory.
    Ready,
    /// It has been waited for: it is worth more memory to ask it less often.
    Waits,
}

impl Blocks {
    pub(super) fn new(most: usize) -> Self {
        Blocks { current: BytesMut::new(), aside: Vec::new(), pace: Pace::First, most }
    }

    /// The most that one chunk holds.
    pub(super) fn most(&self) -> usize {
        self.most
    }

    fn size(&self) -> usize {
        match self.pace {
            Pace::First | Pace::Ready => self.most.min(SMALL),
            Pace::Waits => self.most,
        }
    }

    /// Of blocks that are as large as they may be from the first: asking the reader costs more than memory that is far away.
    pub(super) fn made_large(self) -> Self {
        Blocks { pace: Pace::Waits, ..self }
    }

    /// Room for what is to come, at most `want` bytes of it.
    ///
    /// A sliver of a block is put aside: reading into it would cut the chunks small.
    pub(super) fn room(&mut self, want: usize) -> Limit<&mut BytesMut> {
        let size = self.size();
        if !aligned::try_reclaim(&mut self.current, size) && self.current.capacity() < want.min(size / 4).max(1) {
            self.change();
        }
        let room = want.min(self.size()).min(self.current.capacity());
        (&mut self.current).limit(room)
    }

    /// What has been read into [`room`](Self::room), as a chunk.
    pub(super) fn split(&mut self) -> Bytes {
        if let Pace::First = self.pace {
            self.pace = Pace::Ready;
        }
        self.current.split().freeze()
    }

    /// Goes on with another block.
    fn change(&mut self) {
        let next = self.returned().unwrap_or_else(|| aligned::with_capacity(self.size()));
        let last = mem::replace(&mut self.current, next);
        if self.aside.len() == REMEMBERED {
            self.aside.remove(0);
        }
        self.aside.push(last);
    }

    /// A block whose chunks have all been dropped, most likely the oldest. If the next to it has come back, too, it is let go.
    fn returned(&mut self) -> Option<BytesMut> {
        let size = self.size();
        let at = self.aside.iter_mut().position(|block| aligned::try_reclaim(block, size))?;
        let block = self.aside.remove(at);
        if self.aside.first_mut().is_some_and(|block| aligned::try_reclaim(block, size)) {
            self.aside.remove(0);
        }
        Some(block)
    }

    /// The reader is `Pending`: one block is kept for what comes, and the others belong to whoever holds their chunks.
    ///
    /// Where nothing has come yet, none is kept: there may be many readers that wait for a first message.
    pub(super) fn wait(&mut self, came: bool) {
        if let (Pace::First, false) = (&self.pace, came) {
            return self.release();
        }
        self.aside = Vec::new();
        self.pace = Pace::Waits;
    }

    pub(super) fn release(&mut self) {
        self.current = BytesMut::new();
        self.aside = Vec::new();
    }
}
