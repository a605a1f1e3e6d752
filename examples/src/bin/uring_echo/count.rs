//! What a step costs.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::fmt;
use std::rc::Rc;

use byte_stream::Inspector;
use compio::BufResult;
use compio::buf::IoBufMut;
use compio::io::AsyncRead;
use sha2::{Digest, Sha256};

#[global_allocator]
static COUNTING: Counting = Counting;

thread_local! {
    static CALLS: Cell<u64> = const { Cell::new(0) };
}

/// The system's allocator, which counts for each thread.
struct Counting;

// SAFETY: every method hands its arguments to the system's allocator as they are.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // A thread that ends has no counter any more.
        let _ = CALLS.try_with(|calls| calls.set(calls.get() + 1));
        // SAFETY: the caller keeps the contract of this very method.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        // SAFETY: `memory` came from `System`, as all memory here does; the caller keeps the rest of the contract.
        unsafe { System.dealloc(memory, layout) }
    }
}

/// Bytes, their hash, and how many operations they took, and allocations, all told: those of compio, which takes one an operation, of the
/// codecs and of the other side of the step included.
pub(crate) struct Figures {
    pub(crate) hash: [u8; 32],
    bytes: u64,
    operations: u64,
    allocations: u64,
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let each = self.allocations as f64 / self.operations.max(1) as f64;
        write!(
            f,
            "{:>9} bytes, {:>5} operations, {each:.2} allocations for each, sha256 ",
            self.bytes, self.operations
        )?;
        self.hash.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// Counts from when it is made.
#[derive(Clone)]
pub(crate) struct Meter(Rc<Counts>);

struct Counts {
    operations: Cell<u64>,
    bytes: Cell<u64>,
    hash: Cell<Sha256>,
    calls_before: u64,
}

impl Meter {
    pub(crate) fn start() -> Self {
        let hash = Cell::new(Sha256::new());
        let calls_before = CALLS.get();
        Meter(Rc::new(Counts { operations: Cell::new(0), bytes: Cell::new(0), hash, calls_before }))
    }

    pub(crate) fn operation(&self) {
        self.0.operations.set(self.0.operations.get() + 1);
    }

    pub(crate) fn figures(&self) -> Figures {
        Figures {
            hash: self.0.hash.take().finalize().into(),
            bytes: self.0.bytes.get(),
            operations: self.0.operations.get(),
            allocations: CALLS.get() - self.0.calls_before,
        }
    }
}

/// What passes an `Inspect`.
impl Inspector for Meter {
    fn bytes(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        self.0.bytes.set(self.0.bytes.get() + bytes.len() as u64);
        let mut hash = self.0.hash.take();
        hash.update(bytes);
        self.0.hash.set(hash);
        Ok(())
    }
}

/// A reader whose operations are counted.
pub(crate) struct Metered<R>(pub(crate) R, pub(crate) Meter);

impl<R: AsyncRead> AsyncRead for Metered<R> {
    async fn read<B: IoBufMut>(&mut self, buf: B) -> BufResult<usize, B> {
        self.1.operation();
        self.0.read(buf).await
    }
}
