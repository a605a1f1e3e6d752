//! What a read costs of memory, with a counting allocator.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::net::TcpStream;

use bytes::{Bytes, BytesMut};
use compio::io::AsyncRead;
use futures_util::StreamExt;
use monoio::io::AsyncReadRent;

use crate::peer::{Sender, connection};
use crate::runtimes::Runtime;

#[global_allocator]
static COUNTING: Counting = Counting;

thread_local! {
    static CALLS: Cell<usize> = const { Cell::new(0) };
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

const WARM: usize = 100;
const READS: usize = 2000;
const SIZE: usize = 1400;

/// How often memory is taken, in all, while this many messages are read one by one.
fn calls(runtime: Runtime, read: impl AsyncFnOnce(TcpStream, &mut dyn FnMut())) -> Option<usize> {
    let (here, there) = connection();
    let sender = Sender::of(vec![vec![7; SIZE]; WARM + READS], there);
    let (mut i, mut before) = (0, 0);
    let mut next = || {
        if i == WARM {
            before = CALLS.get();
        }
        i += 1;
        sender.allow(1);
    };
    let calls = runtime.run(async {
        read(here, &mut next).await;
        CALLS.get()
    });
    sender.allow(WARM + READS);
    sender.join();
    calls.map(|after| after - before)
}

/// What the runtime takes by itself, with one buffer for all reads.
fn raw(runtime: Runtime) -> Option<usize> {
    calls(runtime, async |tcp, next| {
        let mut buf = BytesMut::with_capacity(64 * 1024);
        match runtime {
            Runtime::Compio => {
                let mut tcp = compio::net::TcpStream::from_std(tcp).unwrap();
                for _ in 0..WARM + READS {
                    next();
                    let compio::BufResult(read, back) = tcp.read(buf).await;
                    assert_eq!(read.unwrap(), SIZE);
                    buf = back;
                    buf.clear();
                }
            }
            Runtime::MonoioUring => {
                let mut tcp = monoio::net::TcpStream::from_std(tcp).unwrap();
                for _ in 0..WARM + READS {
                    next();
                    let (read, back) = AsyncReadRent::read(&mut tcp, buf).await;
                    assert_eq!(read.unwrap(), SIZE);
                    buf = back;
                    buf.clear();
                }
            }
            Runtime::TokioUring => {
                let tcp = tokio_uring::net::TcpStream::from_std(tcp);
                for _ in 0..WARM + READS {
                    next();
                    let (read, back) = tcp.read(buf).await;
                    assert_eq!(read.unwrap(), SIZE);
                    buf = back;
                    buf.clear();
                }
            }
            Runtime::MonoioLegacy | Runtime::Tokio => unreachable!("they have no ring"),
        }
    })
}

/// What a stream takes, whose chunks are kept or dropped.
fn ours(runtime: Runtime, keep: bool) -> Option<usize> {
    calls(runtime, async |tcp, next| {
        let mut body = runtime.stream(tcp);
        let mut kept: Vec<Bytes> = Vec::with_capacity(WARM + READS);
        for _ in 0..WARM + READS {
            next();
            let chunk = body.next().await.unwrap().unwrap();
            assert_eq!(chunk.len(), SIZE);
            if keep {
                kept.push(chunk);
            }
        }
    })
}

#[test]
fn dropped_chunks_cost_no_allocation_a_read_but_the_runtimes_own() {
    for runtime in [Runtime::Compio, Runtime::MonoioUring, Runtime::TokioUring] {
        let (Some(raw), Some(ours)) = (raw(runtime), ours(runtime, false)) else { continue };
        println!("{runtime:?}: {READS} reads, allocations: {raw} its own, {ours} with ours");
        assert_eq!(ours, raw, "{runtime:?}");
        if runtime != Runtime::Compio {
            // monoio takes memory once in thousands of reads.
            assert!(ours <= 2, "{runtime:?}: {ours}");
        }
    }
}

#[test]
fn kept_chunks_of_1400_bytes_cost_less_than_a_tenth_of_an_allocation_a_read() {
    for runtime in [Runtime::Compio, Runtime::MonoioUring, Runtime::TokioUring] {
        let (Some(raw), Some(ours)) = (raw(runtime), ours(runtime, true)) else { continue };
        println!("{runtime:?}: {READS} reads, allocations: {raw} its own, {ours} with ours, whose chunks are kept");
        assert!((ours - raw) * 10 < READS, "{runtime:?}: {} a read", (ours - raw) as f64 / READS as f64);
    }
}
