//! What a source holds of memory while it waits, and after its end. In a binary of its own, for its allocator.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::future::poll_fn;
use std::io::{self, Write};
use std::mem;
use std::num::NonZeroUsize;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

use byte_stream::adapter::Rechunk;
use byte_stream::codec::{Compress, Decompress, Encoding, Limits};
use byte_stream::{
    ByteSender, ByteStream, FromFile, FromFuturesRead, FromOwned, FromRead, FromStream, FromWriter, State,
};
use bytes::{Bytes, BytesMut};
use futures_util::stream;
use tokio::io::{AsyncRead, AsyncWriteExt, ReadBuf};

/// The size of a block, unless set otherwise.
const BLOCK: isize = 64 * 1024;
/// For what counts the references to a block.
const COUNTERS: isize = 256;

#[global_allocator]
static COUNTING: Counting = Counting;

thread_local! {
    static LIVE: Cell<isize> = const { Cell::new(0) };
    static CALLS: Cell<usize> = const { Cell::new(0) };
}

/// The system's allocator, which counts for each thread.
struct Counting;

fn count(more: isize) {
    // A thread that ends frees memory when its counters are gone already.
    let _ = LIVE.try_with(|live| live.set(live.get() + more));
    if more > 0 {
        let _ = CALLS.try_with(|calls| calls.set(calls.get() + 1));
    }
}

// SAFETY: every method hands its arguments to the system's allocator as they are.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size().cast_signed());
        // SAFETY: the caller keeps the contract of this very method.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        count(-layout.size().cast_signed());
        // SAFETY: `memory` came from `System`, as all memory here does; the caller keeps the rest of the contract.
        unsafe { System.dealloc(memory, layout) }
    }
}

/// Memory that is held and was not before.
struct Held(isize);

impl Held {
    fn since_now() -> Self {
        Held(LIVE.get())
    }

    fn bytes(&self) -> isize {
        LIVE.get() - self.0
    }
}

/// A reader that gives so many bytes a call, is `Pending` where that is 0, and then ends or fails. It holds nothing.
struct Script {
    sizes: &'static [usize],
    end: Option<io::ErrorKind>,
}

impl Script {
    fn next(&mut self) -> Poll<io::Result<usize>> {
        match self.sizes {
            [] => Poll::Ready(self.end.map_or(Ok(0), |kind| Err(kind.into()))),
            [0, rest @ ..] => {
                self.sizes = rest;
                Poll::Pending
            }
            [size, rest @ ..] => {
                self.sizes = rest;
                Poll::Ready(Ok(*size))
            }
        }
    }
}

impl AsyncRead for Script {
    fn poll_read(mut self: Pin<&mut Self>, _cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        self.next().map_ok(|size| {
            let size = size.min(buf.remaining());
            buf.initialize_unfilled_to(size).fill(7);
            buf.advance(size);
        })
    }
}

impl futures_util::io::AsyncRead for Script {
    fn poll_read(mut self: Pin<&mut Self>, _cx: &mut Context<'_>, buf: &mut [u8]) -> Poll<io::Result<usize>> {
        self.next().map_ok(|size| size.min(buf.len()))
    }
}

type Take = fn(Pin<&mut dyn ByteStream>, &mut Context<'_>) -> Poll<io::Result<usize>>;

/// Ways to take bytes and drop them. A read first peeks, or there would be nothing to hold.
const WAYS: [(&str, Take); 5] = [
    ("chunk", |source, cx| source.poll_chunk(cx, usize::MAX).map(|item| item.map_or(Ok(0), |chunk| Ok(chunk?.len())))),
    ("small chunk", |source, cx| source.poll_chunk(cx, 100).map(|item| item.map_or(Ok(0), |chunk| Ok(chunk?.len())))),
    ("peek", |source, cx| peek(source, cx, usize::MAX)),
    ("small peek", |source, cx| peek(source, cx, 100)),
    ("peek and read", |mut source, cx| {
        let polled = source.as_mut().poll_peek(cx).map_ok(<[u8]>::len);
        let mut memory = [0; 100];
        let mut buf = ReadBuf::new(&mut memory);
        match polled {
            Poll::Ready(Ok(1..)) => source.poll_read_into(cx, &mut buf).map_ok(|()| buf.filled().len()),
            polled => polled,
        }
    }),
];

fn peek(mut source: Pin<&mut dyn ByteStream>, cx: &mut Context<'_>, max: usize) -> Poll<io::Result<usize>> {
    let polled = source.as_mut().poll_peek(cx).map_ok(|lent| lent.len().min(max));
    if let Poll::Ready(Ok(n)) = polled {
        source.consume_peeked(n);
    }
    polled
}

/// Takes everything; `pending` is called whenever there is nothing to take.
fn drain(mut source: Pin<&mut dyn ByteStream>, take: Take, mut pending: impl FnMut()) {
    let mut cx = Context::from_waker(Waker::noop());
    loop {
        match take(source.as_mut(), &mut cx) {
            Poll::Pending => pending(),
            Poll::Ready(Ok(0) | Err(_)) => break,
            Poll::Ready(Ok(_)) => {}
        }
    }
    assert_ne!(source.state(), State::Open);
}

const SCRIPTS: [&[usize]; 7] = [
    &[0],
    &[0, 0, 10, 0],
    &[65_536, 0, 65_536, 0, 1, 0],
    &[65_535, 0, 10, 0, 65_536, 0],
    &[50_000, 0, 10_000, 0, 10_000, 0, 60_000, 0],
    &[1, 0, 65_536, 65_536, 65_536, 0],
    &[1_000, 1_000, 0, 1_000_000, 0],
];

async fn read_owned(mut reader: Script, mut buf: BytesMut) -> (Script, (io::Result<usize>, BytesMut)) {
    let read = tokio::io::AsyncReadExt::read_buf(&mut reader, &mut buf).await;
    (reader, (read, buf))
}

/// Every adapter over an unbuffered reader, in every way, for every script.
fn for_each_reader(mut test: impl FnMut(Pin<&mut dyn ByteStream>, Take)) {
    for sizes in SCRIPTS {
        for end in [None, Some(io::ErrorKind::ConnectionReset)] {
            for (name, take) in WAYS {
                println!("{name}: {sizes:?}, {end:?}");
                test(pin!(FromRead::new(Script { sizes, end })), take);
                test(pin!(FromFuturesRead::new(Script { sizes, end })), take);
                test(pin!(FromOwned::from_fn(Script { sizes, end }, read_owned)), take);
            }
        }
    }
}

#[test]
fn a_plain_read_takes_no_memory() {
    let mut memory = [0; 4096];
    let reader = Script { sizes: &[4096, 0, 1, 65_536, 0], end: None };
    let calls = CALLS.get();
    let mut source = pin!(FromRead::new(reader));
    let mut cx = Context::from_waker(Waker::noop());
    while source.state() == State::Open {
        let mut buf = ReadBuf::new(&mut memory);
        let _ = source.as_mut().poll_read_into(&mut cx, &mut buf).map_ok(|()| buf.filled().len());
    }
    assert_eq!(CALLS.get(), calls);
}

#[test]
fn while_pending_a_reader_holds_at_most_one_block() {
    for_each_reader(|source, take| {
        let held = Held::since_now();
        drain(source, take, || assert!(held.bytes() <= BLOCK + COUNTERS, "{} bytes", held.bytes()));
    });
}

#[test]
fn a_reader_of_which_nothing_has_come_holds_no_memory() {
    for (way, take) in WAYS {
        for chunk_size in [100, 64 * 1024] {
            let held = Held::since_now();
            let mut pending = 0;
            let script = Script { sizes: &[0, 0, 0], end: None };
            drain(pin!(FromRead::with_chunk_size(script, chunk_size)), take, || {
                pending += 1;
                assert_eq!(held.bytes(), 0, "{way}");
            });
            assert_eq!(pending, 3, "{way}");
        }
    }
}

#[test]
fn at_its_end_or_after_an_error_a_reader_holds_nothing() {
    for_each_reader(|source, take| {
        let held = Held::since_now();
        drain(source, take, || {});
        assert!(held.bytes() <= COUNTERS, "{} bytes", held.bytes());
    });
}

#[test]
fn a_block_that_was_taken_for_a_peek_is_kept_while_it_is_pending_and_let_go_by_a_read_that_ends() {
    for end in [None, Some(io::ErrorKind::ConnectionReset)] {
        let held = Held::since_now();
        // The first peek meets the first `Pending` itself: it fills until then.
        let mut source = pin!(FromRead::new(Script { sizes: &[1, 0, 0, 0, 10], end }));
        let mut cx = Context::from_waker(Waker::noop());
        assert_eq!(peek(source.as_mut(), &mut cx, usize::MAX).map(Result::unwrap), Poll::Ready(1));
        assert!(source.as_mut().poll_peek(&mut cx).is_pending());
        let calls = CALLS.get();
        assert!(source.as_mut().poll_peek(&mut cx).is_pending());
        assert_eq!(CALLS.get(), calls, "a second block");
        while source.state() == State::Open {
            let mut memory = [0; 100];
            let _ = source.as_mut().poll_read_into(&mut cx, &mut ReadBuf::new(&mut memory));
        }
        assert!(held.bytes() <= COUNTERS, "{} bytes", held.bytes());
    }
}

#[test]
fn a_block_is_as_large_as_was_set() {
    for (name, take) in WAYS {
        println!("{name}");
        let held = Held::since_now();
        let reader = Script { sizes: &[1000, 0, 1, 0, 65_536, 0], end: None };
        let source = pin!(FromRead::with_chunk_size(reader, 1000));
        drain(source, take, || assert!(held.bytes() <= 1000 + COUNTERS, "{} bytes", held.bytes()));
    }
}

#[test]
fn what_is_written_takes_one_block_while_it_is_pending_and_nothing_at_its_end() {
    /// For what a writer and its stream share.
    const SHARED: isize = 1024;
    static ZEROS: [u8; 1_000_000] = [0; 1_000_000];
    for sizes in SCRIPTS {
        for (name, take) in WAYS {
            println!("{name}: {sizes:?}");
            let held = Held::since_now();
            let source = pin!(FromWriter::new(|mut writer: ByteSender| async move {
                for &size in sizes {
                    let mut waited = size > 0;
                    poll_fn(|_| if mem::replace(&mut waited, true) { Poll::Ready(()) } else { Poll::Pending }).await;
                    writer.write_all(&ZEROS[..size]).await?;
                }
                io::Result::Ok(())
            }));
            let mut source: Pin<&mut dyn ByteStream> = source;
            drain(source.as_mut(), take, || {
                assert!(held.bytes() <= BLOCK + COUNTERS + SHARED, "{} bytes", held.bytes());
            });
            assert!(held.bytes() <= COUNTERS, "{} bytes at the end", held.bytes());
        }
    }
}

#[test]
fn a_chunk_that_has_been_read_is_not_held() {
    let chunks = [100_000, 0, 1, 0, 100_000, 0];
    for (name, take) in WAYS {
        println!("{name}");
        let held = Held::since_now();
        let mut chunks = chunks.into_iter();
        let stream = stream::poll_fn(|_| match chunks.next() {
            None => Poll::Ready(None),
            Some(0) => Poll::Pending,
            Some(size) => Poll::Ready(Some(Bytes::from(vec![7; size]))),
        });
        let mut source = pin!(FromStream::new(stream));
        drain(source.as_mut(), take, || assert!(held.bytes() <= COUNTERS, "{} bytes while pending", held.bytes()));
        assert!(held.bytes() <= COUNTERS, "{} bytes at the end", held.bytes());
    }
}

#[test]
fn a_stream_that_is_read_takes_no_memory() {
    let chunks = [Bytes::from_static(&[7; 1500]), Bytes::from_static(&[7; 64]), Bytes::from_static(&[7; 9000])];
    let mut memory = [0; 4096];
    let calls = CALLS.get();
    let mut source = pin!(FromStream::new(stream::iter(chunks)));
    let mut came = 0;
    while source.state() == State::Open {
        let mut buf = ReadBuf::new(&mut memory);
        let read = poll_fn(|cx| source.as_mut().poll_read_into(cx, &mut buf));
        let read = pin!(read).poll(&mut Context::from_waker(Waker::noop()));
        assert!(matches!(read, Poll::Ready(Ok(()))));
        came += buf.filled().len();
    }
    assert_eq!((CALLS.get(), came), (calls, 1500 + 64 + 9000));
}

/// A reader that always fills what it is given.
static ALWAYS: [usize; 1024] = [1 << 16; 1024];

#[test]
fn a_reader_reads_into_the_blocks_that_have_come_back() {
    for keep in [0, 1, 8] {
        let mut kept = std::collections::VecDeque::with_capacity(keep + 1);
        let mut source = pin!(FromRead::new(Script { sizes: &ALWAYS, end: None }));
        let mut cx = Context::from_waker(Waker::noop());
        let (calls, mut came) = (CALLS.get(), 0);
        while let Poll::Ready(Some(chunk)) = source.as_mut().poll_chunk(&mut cx, usize::MAX) {
            kept.push_back(chunk.unwrap());
            if kept.len() > keep {
                came += kept.pop_front().map_or(0, |chunk| chunk.len());
            }
        }
        let (calls, most) = (CALLS.get() - calls, came / (2 << 20));
        assert!(
            most > 0 && calls <= most.max(24),
            "{calls} allocations for {came} bytes, of which {keep} chunks were kept"
        );
    }
}

#[test]
fn a_reader_that_takes_the_buffer_reads_into_the_block_that_has_come_back() {
    let mut source = pin!(FromOwned::from_fn(Script { sizes: &ALWAYS, end: None }, read_owned));
    let mut cx = Context::from_waker(Waker::noop());
    let (calls, mut came) = (CALLS.get(), 0);
    while let Poll::Ready(Some(chunk)) = source.as_mut().poll_chunk(&mut cx, usize::MAX) {
        came += chunk.unwrap().len();
    }
    assert_eq!(came, 1024 << 16);
    assert!(CALLS.get() - calls <= 4, "{} times", CALLS.get() - calls);
}

#[test]
fn a_stream_that_is_dropped_while_it_is_filled_leaves_its_chunks_and_nothing_else() {
    let script = || Script { sizes: &[10_000, 0, 0, 0], end: None };
    type Open = fn(Script) -> Pin<Box<dyn ByteStream>>;
    let filled: Open = |script| Box::pin(FromRead::new(script));
    let owned: Open = |script| Box::pin(FromOwned::from_fn(script, read_owned));
    for source in [filled, owned] {
        let held = Held::since_now();
        let mut source = source(script());
        let mut cx = Context::from_waker(Waker::noop());
        let Poll::Ready(Some(Ok(chunk))) = source.as_mut().poll_chunk(&mut cx, usize::MAX) else {
            panic!("a chunk is ready");
        };
        assert!(source.as_mut().poll_chunk(&mut cx, usize::MAX).is_pending());
        drop(source);
        assert_eq!(chunk.len(), 10_000);
        assert!(chunk.iter().all(|byte| *byte == 7));
        drop(chunk);
        assert_eq!(held.bytes(), 0);
    }
}

#[test]
fn blocks_that_come_back_while_a_reader_is_pending_are_not_held() {
    static SIZES: [usize; 12] = [65_536, 65_536, 65_536, 65_536, 0, 65_536, 65_536, 65_536, 65_536, 65_536, 0, 0];
    let held = Held::since_now();
    let mut source = pin!(FromRead::new(Script { sizes: &SIZES, end: None }));
    let mut kept = Vec::with_capacity(64);
    let mut cx = Context::from_waker(Waker::noop());
    while source.state() == State::Open {
        match source.as_mut().poll_chunk(&mut cx, usize::MAX) {
            Poll::Ready(chunk) => kept.extend(chunk.map(Result::unwrap)),
            Poll::Pending => {
                kept = Vec::new();
                assert!(held.bytes() <= BLOCK + COUNTERS, "{} bytes", held.bytes());
                kept.reserve(64);
            }
        }
    }
}

/// How many MiB the files have that are read from the page cache.
const MIB: usize = 64;
/// The size of a block of a file, unless set otherwise.
const FILE_BLOCK: isize = 256 * 1024;

/// A file that was just written, and so is in the page cache; a runtime is needed only for what is not.
fn file(size: usize) -> FromFile {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(&vec![7; size]).unwrap();
    let opened = pin!(FromFile::from_std(file)).poll(&mut Context::from_waker(Waker::noop()));
    let Poll::Ready(file) = opened else { panic!("without a runtime nothing is waited for") };
    file.unwrap()
}

/// Reads it chunk by chunk of which the last `keep` are kept, and says how many allocations that took.
fn allocations(mut file: Pin<&mut FromFile>, keep: usize) -> usize {
    let mut kept = std::collections::VecDeque::with_capacity(keep + 1);
    let mut cx = Context::from_waker(Waker::noop());
    let calls = CALLS.get();
    while let Poll::Ready(Some(chunk)) = file.as_mut().poll_chunk(&mut cx, usize::MAX) {
        kept.push_back(chunk.unwrap());
        if kept.len() > keep {
            kept.pop_front();
        }
    }
    assert_eq!(file.state(), State::Ended);
    CALLS.get() - calls
}

#[test]
fn a_file_reads_into_the_blocks_that_have_come_back() {
    for (keep, most) in [(0, MIB / 10), (1, MIB / 10), (4, MIB / 3)] {
        let calls = allocations(pin!(file(MIB << 20)), keep);
        assert!(calls <= most, "{calls} allocations for {MIB} MiB, of which {keep} chunks were kept");
    }
}

#[test]
fn a_plain_read_of_a_file_takes_no_memory() {
    if cfg!(not(target_os = "linux")) {
        return;
    }
    let mut memory = vec![0; 300_000];
    let mut file = pin!(file(10_000_000));
    let calls = CALLS.get();
    let mut cx = Context::from_waker(Waker::noop());
    while file.state() == State::Open {
        let mut buf = ReadBuf::new(&mut memory);
        assert!(matches!(file.as_mut().poll_read_into(&mut cx, &mut buf), Poll::Ready(Ok(()))));
    }
    assert_eq!(CALLS.get(), calls);
}

#[test]
fn a_file_holds_one_block_while_it_waits_and_nothing_at_its_end() {
    const BLOCKS: isize = 10;
    // What a task of the pool takes, which another thread frees that has counters of its own.
    const TASK: isize = 4096;
    // The pool's only thread is busy until this is dropped, so that a read which begins now has to be waited for.
    let gate = || {
        let (close, closed) = std::sync::mpsc::channel::<()>();
        tokio::task::spawn_blocking(move || closed.recv());
        close
    };
    for (block_size, block) in [(None, FILE_BLOCK), (Some(1 << 16), 1 << 16), (Some(1 << 20), 1 << 20)] {
        for (name, take) in WAYS {
            println!("{name}: {block_size:?}");
            let file = file((BLOCKS * block).unsigned_abs()).on_the_pool();
            let mut file = pin!(match block_size {
                Some(size) => file.with_block_size(size),
                None => file,
            });
            let runtime = tokio::runtime::Builder::new_current_thread().max_blocking_threads(1).build().unwrap();
            runtime.block_on(async {
                let (held, mut waited, mut closed) = (Held::since_now(), 0, gate());
                while file.state() == State::Open {
                    poll_fn(|cx| match take(file.as_mut(), cx) {
                        Poll::Pending => {
                            waited += 1;
                            assert!(held.bytes() <= block + waited * TASK, "{} bytes", held.bytes());
                            closed = gate();
                            Poll::Pending
                        }
                        Poll::Ready(came) => Poll::Ready(came.unwrap()),
                    })
                    .await;
                }
                drop(closed);
                assert_eq!(waited, BLOCKS);
                assert!(held.bytes() <= waited * TASK, "{} bytes at the end", held.bytes());
            });
        }
    }
}

/// Chunks of static memory, of these sizes; `Pending` where that is 0.
fn static_chunks(sizes: &'static [usize]) -> FromStream<impl futures_util::Stream<Item = Bytes>> {
    static MEMORY: [u8; 10_000] = [7; 10_000];
    let mut sizes = sizes.iter();
    FromStream::new(stream::poll_fn(move |_| match sizes.next() {
        None => Poll::Ready(None),
        Some(0) => Poll::Pending,
        Some(&size) => Poll::Ready(Some(Bytes::from_static(&MEMORY[..size]))),
    }))
}

const PART: NonZeroUsize = NonZeroUsize::new(10_000).unwrap();

#[test]
fn while_a_part_is_gathered_no_more_than_a_part_is_held_and_nothing_at_the_end() {
    for (name, take) in WAYS {
        println!("{name}");
        let held = Held::since_now();
        let chunks = static_chunks(&[1, 0, 9_000, 0, 9_000, 1_999, 0, 1, 0, 10_000, 0, 5, 0, 6, 0]);
        let mut source = pin!(Rechunk::new(chunks, PART));
        let part = PART.get().cast_signed();
        drain(source.as_mut(), take, || assert!(held.bytes() <= part + COUNTERS, "{} bytes", held.bytes()));
        assert!(held.bytes() <= COUNTERS, "{} bytes at the end", held.bytes());
    }
}

#[test]
fn the_memory_of_a_part_is_taken_once() {
    let mut source = pin!(Rechunk::new(static_chunks(&[10; 1_000]), PART));
    let mut cx = Context::from_waker(Waker::noop());
    let calls = CALLS.get();
    let Poll::Ready(Some(Ok(part))) = source.as_mut().poll_chunk(&mut cx, usize::MAX) else { panic!("no part") };
    assert_eq!(part.len(), PART.get());
    assert!(CALLS.get() - calls <= 2, "the memory, and what counts the references to it: {}", CALLS.get() - calls);
}

/// The memory of zstd is not Rust's, and not seen here.
#[test]
fn a_bomb_is_decoded_in_bounded_memory_and_let_go() {
    for (coding, most) in [(Encoding::Gzip, 2 * BLOCK), (Encoding::Deflate, 2 * BLOCK), (Encoding::Brotli, 300 * BLOCK)]
    {
        let mut member = Vec::new();
        let zeros = Bytes::from(vec![0; 1 << 20]);
        let mut encoder = pin!(Compress::new(zeros, coding).unwrap());
        while let Poll::Ready(Some(chunk)) =
            encoder.as_mut().poll_chunk(&mut Context::from_waker(Waker::noop()), usize::MAX)
        {
            member.extend_from_slice(&chunk.unwrap());
        }
        let members = stream::repeat(Bytes::from(member));
        for (name, take) in WAYS {
            println!("{coding}: {name}");
            let held = Held::since_now();
            let limits = Limits::none().max_bytes(3 << 20);
            let mut source =
                pin!(Decompress::new(FromStream::new(members.clone()), coding).unwrap().with_limits(limits));
            let mut came = 0;
            while let Poll::Ready(Ok(n @ 1..)) = take(source.as_mut(), &mut Context::from_waker(Waker::noop())) {
                came += n;
                assert!(held.bytes() <= most, "{} bytes after {came}", held.bytes());
            }
            assert_eq!(
                (came, source.state()),
                (if coding == Encoding::Gzip { 3 << 20 } else { 1 << 20 }, State::Failed)
            );
            assert!(held.bytes() <= COUNTERS, "{} bytes afterwards", held.bytes());
        }
    }
}
