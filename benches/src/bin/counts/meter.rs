//! What is counted: memory that is taken, and bytes that are copied.

use std::alloc::{GlobalAlloc, Layout, System};
use std::ptr;
use std::sync::atomic::{AtomicUsize, Ordering};

#[global_allocator]
static METER: Meter = Meter;

/// The system's allocator, which counts.
struct Meter;

static ALLOCATIONS: AtomicUsize = AtomicUsize::new(0);
static COPIED: AtomicUsize = AtomicUsize::new(0);

// SAFETY: every method hands its arguments to the system's allocator as they are.
unsafe impl GlobalAlloc for Meter {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.fetch_add(1, Ordering::Relaxed);
        // SAFETY: the caller keeps the contract of this very method.
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.fetch_add(1, Ordering::Relaxed);
        // SAFETY: the caller keeps the contract of this very method.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, memory: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        ALLOCATIONS.fetch_add(1, Ordering::Relaxed);
        // SAFETY: `memory` came from `System`, as all memory here does; the caller keeps the rest of the contract.
        unsafe { System.realloc(memory, layout, size) }
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        // SAFETY: `memory` came from `System`, as all memory here does; the caller keeps the rest of the contract.
        unsafe { System.dealloc(memory, layout) }
    }
}

/// The function that all Rust code of this program calls to copy what is not small and of a fixed size.
///
/// # Safety
///
/// That of C's `memcpy`.
#[unsafe(no_mangle)]
unsafe extern "C" fn memcpy(to: *mut u8, from: *const u8, n: usize) -> *mut u8 {
    COPIED.fetch_add(n, Ordering::Relaxed);
    // SAFETY: what may be copied without an overlap may be copied with one. This is `memmove`, so it does not call itself.
    unsafe { ptr::copy(from, to, n) };
    to
}

/// How much has happened.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Meters {
    pub(crate) allocations: usize,
    pub(crate) copied: usize,
}

/// What happens in `run`.
pub(crate) fn meter<T>(run: impl FnOnce() -> T) -> Meters {
    let now = || [&ALLOCATIONS, &COPIED].map(|count| count.load(Ordering::Relaxed));
    let before = now();
    let done = run();
    let after = now();
    drop(done);
    Meters { allocations: after[0] - before[0], copied: after[1] - before[1] }
}

/// What `run` does for so many bytes more: what it does once, at its start, does not count.
pub(crate) fn each_byte<T>(bytes: usize, run: impl Fn(usize) -> T) -> [f64; 2] {
    // What is set up once in a process is set up here.
    run(bytes);
    let (once, twice) = (meter(|| run(bytes)), meter(|| run(2 * bytes)));
    [twice.allocations - once.allocations, twice.copied - once.copied].map(|count| count as f64 / bytes as f64)
}
