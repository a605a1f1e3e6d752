//! Who still holds the memory of a chunk.

use std::cell::RefCell;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::Bytes;

thread_local! {
    static OPEN: RefCell<Option<Ledger>> = const { RefCell::new(None) };
}

/// The bytes that raw sources have handed out on this thread and that somebody still holds.
#[derive(Clone, Debug, Default)]
pub(in crate::testing) struct Ledger(Arc<AtomicUsize>);

impl Ledger {
    /// Keeps this ledger while `f` runs, instead of the one before.
    pub(in crate::testing) fn keep<T>(&self, f: impl FnOnce() -> T) -> T {
        let before = OPEN.replace(Some(self.clone()));
        let _reset = Reset(before);
        f()
    }

    /// How many bytes are held. A part of a chunk holds all of it.
    pub(in crate::testing) fn held(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }
}

struct Reset(Option<Ledger>);

impl Drop for Reset {
    fn drop(&mut self) {
        OPEN.set(self.0.take());
    }
}

/// The same bytes at the same place, entered into the ledger if one is kept.
pub(super) fn tracked(chunk: Bytes) -> Bytes {
    match OPEN.with_borrow(Clone::clone) {
        Some(ledger) if !chunk.is_empty() => {
            ledger.0.fetch_add(chunk.len(), Ordering::Relaxed);
            Bytes::from_owner(Tracked { chunk, ledger })
        }
        _ => chunk,
    }
}

struct Tracked {
    chunk: Bytes,
    ledger: Ledger,
}

impl AsRef<[u8]> for Tracked {
    fn as_ref(&self) -> &[u8] {
        &self.chunk
    }
}

impl Drop for Tracked {
    fn drop(&mut self) {
        self.ledger.0.fetch_sub(self.chunk.len(), Ordering::Relaxed);
    }
}
