//! A file as a source: by every view, from the page cache, from the pool, and without a runtime.

use std::cell::Cell;
use std::fs::{self, File, OpenOptions};
use std::future::{Future, poll_fn};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::ops::Bound;
use std::os::unix::fs::FileExt;
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, mpsc};
use std::task::{Context, Waker};

use byte_stream::error::{LengthError, find};
use byte_stream::{ByteStream, ByteStreamExt, FromFile, State};
use byte_stream_tests::matrix::Telling;
use byte_stream_tests::sources::Source;
use byte_stream_tests::task::drive;
use byte_stream_tests::views::{Got, Through};
use bytes::Bytes;
use proptest::collection::vec;
use proptest::prelude::*;
use tempfile::TempDir;
use tokio::io::{AsyncWriteExt, ReadBuf};
use tokio::runtime::{Builder, Runtime};
use tokio::task::{LocalSet, yield_now};

const BLOCK: usize = 256 * 1024;

/// Bytes of which no two blocks, pages or neighbours are equal.
fn content(size: usize) -> Vec<u8> {
    (0..size).map(|at| (at % 251) as u8 ^ (at / 4096 % 241) as u8).collect()
}

struct Dir(TempDir);

impl Dir {
    fn new() -> Self {
        Dir(tempfile::tempdir().unwrap())
    }

    fn path(&self) -> std::path::PathBuf {
        self.0.path().join("file")
    }

    fn write(&self, content: &[u8]) -> File {
        fs::write(self.path(), content).unwrap();
        self.file()
    }

    fn file(&self) -> File {
        File::open(self.path()).unwrap()
    }
}

/// Where a file is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// As it comes, in a runtime.
    Cache,
    /// On the pool.
    Pool,
    /// As it comes, without a runtime.
    Alone,
    /// As if on the pool, without a runtime.
    AloneWaiting,
}

impl Way {
    const ALL: [Way; 4] = [Way::Cache, Way::Pool, Way::Alone, Way::AloneWaiting];

    fn open(self, file: File) -> FromFile {
        let file = self.run(FromFile::from_std(file)).unwrap();
        match self {
            Way::Cache | Way::Alone => file,
            Way::Pool | Way::AloneWaiting => file.on_the_pool(),
        }
    }

    fn run<F: Future>(self, future: F) -> F::Output {
        match self {
            Way::Cache | Way::Pool => RUNTIME.with(|runtime| runtime.block_on(future)),
            Way::Alone | Way::AloneWaiting => drive(future),
        }
    }
}

thread_local! {
    /// The same for all calls of a test: a read ahead does not outlive its runtime.
    static RUNTIME: Runtime = runtime();
}

fn runtime() -> Runtime {
    Builder::new_current_thread().build().unwrap()
}

/// Runs it in a runtime, and says how many threads the pool needed.
fn counting_threads<F: Future>(future: F) -> (F::Output, usize) {
    let threads = Arc::new(AtomicUsize::new(0));
    let counting = Arc::clone(&threads);
    let count = move || {
        counting.fetch_add(1, Ordering::Relaxed);
    };
    let output = Builder::new_current_thread().on_thread_start(count).build().unwrap().block_on(future);
    (output, threads.load(Ordering::Relaxed))
}

async fn get(source: &mut Source, through: Through, size: usize) -> Got {
    poll_fn(|cx| through.poll_get(source.as_mut(), cx, size)).await
}

/// Reads to the end, and holds every call against the length that was announced.
async fn drain(source: &mut Source, mut next: impl FnMut() -> (Through, usize)) -> Vec<u8> {
    let mut all = Vec::new();
    let (length, most) = source.bytes_left();
    assert_eq!(most, Some(length));
    loop {
        let (through, size) = next();
        let got = get(source, through, size).await;
        let left = length - all.len() as u64;
        match got {
            Got::Bytes(bytes) => {
                all.extend(&bytes);
                let left = left - bytes.len() as u64;
                assert_eq!(source.bytes_left(), (left, Some(left)));
                assert_eq!(source.state(), if left > 0 { State::Open } else { State::Ended });
            }
            Got::End => {
                assert_eq!((left, source.state()), (0, State::Ended));
                return all;
            }
            other => panic!("{other:?} with {left} bytes left"),
        }
    }
}

fn same(got: &[u8], expected: &[u8]) {
    assert!(got == expected, "{} bytes came in the place of {}, or others", got.len(), expected.len());
}

#[test]
fn every_byte_comes_out_of_every_view_whatever_the_size() {
    let dir = Dir::new();
    for size in [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 3_000_017] {
        let content = content(size);
        let file = dir.write(&content);
        for way in Way::ALL {
            for through in Through::ALL {
                for room in [700, BLOCK, 300_000] {
                    if !through.has_size() && room != BLOCK {
                        continue;
                    }
                    let _case = Telling::of((size, way, through, room));
                    let mut source: Source = Box::pin(way.open(file.try_clone().unwrap()));
                    same(&way.run(drain(&mut source, || (through, room))), &content);
                }
            }
        }
    }
}

#[test]
fn small_blocks_and_mixed_views_lose_nothing() {
    let dir = Dir::new();
    let content = content(100_003);
    let file = dir.write(&content);
    for way in Way::ALL {
        for block in [1000, 4096, 7001] {
            for stride in [1, 3, 7, 9] {
                let _case = Telling::of((way, block, stride));
                let mut source: Source = Box::pin(way.open(file.try_clone().unwrap()).with_block_size(block));
                let mut turn = 0;
                let next = || {
                    turn += stride;
                    (Through::ALL[turn % Through::ALL.len()], [1, 333, 5000, 20_000][turn / 3 % 4])
                };
                same(&way.run(drain(&mut source, next)), &content);
            }
        }
    }
}

#[test]
fn a_range_is_streamed_and_no_more() {
    type Range = (Bound<u64>, Bound<u64>);
    use Bound::{Excluded, Included, Unbounded};
    let dir = Dir::new();
    let content = content(10_000);
    let file = dir.write(&content);
    let ranges: [(Range, std::ops::Range<usize>); 9] = [
        ((Unbounded, Unbounded), 0..10_000),
        ((Included(5000), Unbounded), 5000..10_000),
        ((Included(1), Excluded(9999)), 1..9999),
        ((Unbounded, Included(0)), 0..1),
        ((Included(9999), Included(9999)), 9999..10_000),
        ((Excluded(9998), Unbounded), 9999..10_000),
        ((Included(10_000), Unbounded), 10_000..10_000),
        ((Included(77), Excluded(77)), 77..77),
        ((Included(4096), Excluded(8192)), 4096..8192),
    ];
    for way in Way::ALL {
        for (range, expected) in ranges.clone() {
            for through in Through::ALL {
                let _case = Telling::of((way, range, through));
                let stream = way.open(file.try_clone().unwrap()).with_block_size(1000).with_range(range).unwrap();
                assert_eq!(stream.range(), expected.start as u64..expected.end as u64);
                let mut source: Source = Box::pin(stream);
                same(&way.run(drain(&mut source, || (through, 3000))), &content[expected.clone()]);
            }
        }
    }
}

#[test]
fn a_range_that_is_not_within_the_file_is_invalid_input() {
    use Bound::{Excluded, Included, Unbounded};
    let dir = Dir::new();
    dir.write(&content(10));
    let ranges = [
        (Included(11), Unbounded),
        (Included(0), Excluded(11)),
        (Unbounded, Included(10)),
        (Unbounded, Included(u64::MAX)),
        (Excluded(u64::MAX), Unbounded),
        (Excluded(10), Unbounded),
        (Included(6), Excluded(5)),
        (Included(u64::MAX), Included(u64::MAX)),
    ];
    for range in ranges {
        let _case = Telling::of(range);
        let file = drive(FromFile::open(dir.path())).unwrap();
        assert_eq!(file.with_range(range).unwrap_err().kind(), io::ErrorKind::InvalidInput);
    }
}

#[test]
fn a_stream_can_be_taken_apart_and_put_together_again_at_any_point() {
    let dir = Dir::new();
    let content = content(10_000);
    let file = dir.write(&content);
    for way in Way::ALL {
        for through in Through::ALL {
            let _case = Telling::of((way, through));
            let mut stream = way.open(file.try_clone().unwrap()).with_block_size(1000).with_range(3..9998).unwrap();
            let mut all = Vec::new();
            while stream.state() == State::Open {
                let got = way.run(poll_fn(|cx| through.poll_get(pin!(&mut stream), cx, 300)));
                let Got::Bytes(bytes) = got else { panic!("{got:?}") };
                all.extend(bytes);
                // What is peeked is read ahead, and not lost.
                way.run(poll_fn(|cx| Pin::new(&mut stream).poll_peek(cx).map_ok(|_| ()))).unwrap();
                let (file, range) = stream.into_parts();
                assert_eq!(range, 3 + all.len() as u64..9998);
                stream = way.run(FromFile::from_std(file)).unwrap().with_block_size(1000).with_range(range).unwrap();
            }
            same(&all, &content[3..9998]);
        }
    }
}

#[test]
fn the_cursor_of_the_file_is_neither_used_nor_moved() {
    let dir = Dir::new();
    let content = content(BLOCK + 10);
    let mut file = dir.write(&content);
    file.seek(SeekFrom::Start(7)).unwrap();
    for way in Way::ALL {
        let stream = way.open(file.try_clone().unwrap());
        same(&way.run(stream.collect_bytes()).unwrap(), &content);
        assert_eq!(file.stream_position().unwrap(), 7);
    }
}

#[test]
fn several_streams_read_one_file_at_the_same_time() {
    let dir = Dir::new();
    let content = content(300_000);
    let file = Arc::new(dir.write(&content));
    let threads = Builder::new_multi_thread().worker_threads(2).build().unwrap();
    threads.block_on(async {
        let streams = (0..8).map(|which| {
            let file = Arc::clone(&file);
            tokio::spawn(async move {
                let stream = FromFile::from_std(file).await.unwrap().with_block_size(1000 + which as usize);
                let stream = if which % 2 == 0 { stream.on_the_pool() } else { stream };
                stream.with_range(which * 1000..).unwrap().collect_bytes().await.unwrap()
            })
        });
        for (which, stream) in streams.collect::<Vec<_>>().into_iter().enumerate() {
            same(&stream.await.unwrap(), &content[which * 1000..]);
        }
    });
}

#[test]
fn a_file_that_shrinks_fails_after_the_bytes_that_it_has() {
    let dir = Dir::new();
    let content = content(10_000);
    for way in Way::ALL {
        for through in Through::ALL {
            for kept in [0, 1500, 2000, 9999] {
                let _case = Telling::of((way, through, kept));
                let file = dir.write(&content);
                let mut source: Source = Box::pin(way.open(file).with_block_size(1000));
                let mut came = Vec::new();
                let failure = way.run(async {
                    if let Got::Bytes(bytes) = get(&mut source, through, 500).await {
                        came.extend(bytes);
                    }
                    OpenOptions::new().write(true).open(dir.path()).unwrap().set_len(kept).unwrap();
                    loop {
                        match get(&mut source, through, 500).await {
                            Got::Bytes(bytes) => came.extend(bytes),
                            Got::Error(failure) => break failure,
                            other => panic!("{other:?}"),
                        }
                    }
                });
                same(&came, &content[..came.len()]);
                // What was read ahead before is still delivered.
                assert!(came.len() as u64 >= kept && came.len() as u64 <= kept.max(2000), "{} bytes", came.len());
                let missing = 10_000 - came.len() as u64;
                assert_eq!(failure.kind, io::ErrorKind::UnexpectedEof);
                assert_eq!(failure.payload, LengthError::TooShort { missing }.to_string());
                assert_eq!((source.state(), source.bytes_left()), (State::Failed, (0, Some(0))));
                assert_eq!(way.run(get(&mut source, through, 500)), Got::End);
            }
        }
    }
}

#[test]
fn a_file_that_grows_ends_at_the_length_it_had() {
    let dir = Dir::new();
    let content = content(10_000);
    for way in Way::ALL {
        for through in Through::ALL {
            let _case = Telling::of((way, through));
            let file = dir.write(&content);
            let mut source: Source = Box::pin(way.open(file).with_block_size(3000));
            OpenOptions::new().append(true).open(dir.path()).unwrap().write_all(&content).unwrap();
            same(&way.run(drain(&mut source, || (through, 4000))), &content);
        }
    }
}

#[test]
fn an_error_of_the_system_is_reported_once() {
    let dir = Dir::new();
    dir.write(&content(10));
    for way in Way::ALL {
        for through in Through::ALL {
            let _case = Telling::of((way, through));
            let file = OpenOptions::new().write(true).open(dir.path()).unwrap();
            let expected = file.read_at(&mut [0], 0).unwrap_err();
            let mut source: Source = Box::pin(way.open(file));
            match way.run(get(&mut source, through, 5)) {
                Got::Error(failure) => {
                    assert_eq!((failure.kind, failure.payload), (expected.kind(), expected.to_string()));
                }
                other => panic!("{other:?}"),
            }
            assert_eq!(source.state(), State::Failed);
            assert_eq!(way.run(get(&mut source, through, 5)), Got::End);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_chunk_never_changes_whatever_is_read_after_it(
        block in 1..3000_usize,
        way in 0..Way::ALL.len(),
        calls in vec((0..4_u8, 1..4000_usize, any::<bool>()), 1..60),
    ) {
        let dir = Dir::new();
        let content = content(20_000);
        let way = Way::ALL[way];
        let mut stream = way.open(dir.write(&content)).with_block_size(block);
        let (mut kept, mut at) = (Vec::new(), 0);
        for (call, size, keeps) in calls {
            let mut memory = vec![0; size];
            let mut buf = ReadBuf::new(&mut memory);
            let before = at;
            match call {
                0 => {
                    let chunk = way.run(poll_fn(|cx| Pin::new(&mut stream).poll_chunk(cx, size)));
                    let Some(Ok(chunk)) = chunk else { continue };
                    at += chunk.len();
                    if keeps {
                        kept.push((before, chunk));
                    }
                }
                1 => {
                    way.run(poll_fn(|cx| Pin::new(&mut stream).poll_read_into(cx, &mut buf))).unwrap();
                    at += buf.filled().len();
                    same(buf.filled(), &content[before..at]);
                }
                2 => {
                    let lent = way.run(poll_fn(|cx| Pin::new(&mut stream).poll_peek(cx).map_ok(<[u8]>::to_vec)));
                    let n = lent.unwrap().len().min(size);
                    Pin::new(&mut stream).consume_peeked(n);
                    at += n;
                }
                _ => kept.truncate(kept.len() / 2),
            }
            for (from, chunk) in &kept {
                same(chunk, &content[*from..from + chunk.len()]);
            }
        }
        prop_assert_eq!(stream.range(), at as u64..20_000);
    }
}

/// Whether a read would have to wait for the disk; `None` if the file system does not say.
#[cfg(target_os = "linux")]
fn would_wait(file: &File, position: u64) -> Option<bool> {
    use rustix::io::{Errno, ReadWriteFlags, preadv2};
    match preadv2(file, &mut [io::IoSliceMut::new(&mut [0])], position, ReadWriteFlags::NOWAIT) {
        Ok(_) => Some(false),
        Err(Errno::AGAIN) => Some(true),
        Err(Errno::OPNOTSUPP) => None,
        Err(error) => panic!("{error}"),
    }
}

#[test]
#[cfg(target_os = "linux")]
fn what_the_page_cache_has_needs_no_thread() {
    let dir = Dir::new();
    let content = content(3_000_017);
    let file = dir.write(&content);
    if would_wait(&file, 0).is_none() {
        return eprintln!("the file system of {} has no page cache to look into", dir.path().display());
    }
    for through in Through::ALL {
        let _case = Telling::of(through);
        let mut source: Source = Box::pin(drive(FromFile::open(dir.path())).unwrap());
        let (all, threads) = counting_threads(drain(&mut source, || (through, BLOCK)));
        same(&all, &content);
        assert_eq!(threads, 0);
        let mut source: Source = Box::pin(drive(FromFile::open(dir.path())).unwrap().on_the_pool());
        let (all, threads) = counting_threads(drain(&mut source, || (through, BLOCK)));
        same(&all, &content);
        assert!(threads > 0, "nothing was read on the pool");
    }
}

/// Takes a file out of the page cache.
#[cfg(target_os = "linux")]
fn evict(file: &File) {
    file.sync_all().unwrap();
    rustix::fs::fadvise(file, 0, None, rustix::fs::Advice::DontNeed).unwrap();
}

#[test]
#[cfg(target_os = "linux")]
fn what_the_page_cache_does_not_have_is_read_on_the_pool() {
    let dir = Dir::new();
    let content = content(3_000_017);
    let file = dir.write(&content);
    let mut on_the_pool = 0;
    for through in Through::ALL {
        let _case = Telling::of(through);
        let mut source: Source = Box::pin(drive(FromFile::open(dir.path())).unwrap());
        evict(&file);
        let (all, threads) = counting_threads(drain(&mut source, || (through, BLOCK)));
        same(&all, &content);
        on_the_pool += threads.min(1);
    }
    evict(&file);
    match would_wait(&file, 0) {
        // Somebody else may have brought it back now and then.
        Some(true) => assert!(on_the_pool > Through::ALL.len() / 2, "{on_the_pool} reads on the pool"),
        _ => eprintln!("{} cannot be taken out of the page cache", dir.path().display()),
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_file_of_which_the_page_cache_has_every_other_piece_is_read_in_order() {
    use std::num::NonZeroU64;
    let dir = Dir::new();
    let content = content(2_000_003);
    let file = dir.write(&content);
    for way in [Way::Cache, Way::Alone] {
        for through in Through::ALL {
            let _case = Telling::of((way, through));
            file.sync_all().unwrap();
            for at in (0..content.len() as u64).step_by(5 * 4096) {
                rustix::fs::fadvise(&file, at, NonZeroU64::new(3 * 4096), rustix::fs::Advice::DontNeed).unwrap();
            }
            let mut source: Source = Box::pin(way.open(file.try_clone().unwrap()));
            same(&way.run(drain(&mut source, || (through, 50_000))), &content);
        }
    }
}

#[test]
fn a_read_that_is_dropped_on_the_way_loses_nothing() {
    let dir = Dir::new();
    let content = content(20_000);
    let file = dir.write(&content);
    for through in Through::ALL {
        for next in Through::ALL {
            let _case = Telling::of((through, next));
            let (runtime, release) = busy_runtime();
            let stream = drive(FromFile::from_std(file.try_clone().unwrap())).unwrap();
            let mut source: Source = Box::pin(stream.with_block_size(7000).on_the_pool());
            let entered = runtime.enter();
            for _ in 0..3 {
                let mut cx = Context::from_waker(Waker::noop());
                assert!(through.poll_get(source.as_mut(), &mut cx, 1000).is_pending());
            }
            drop(entered);
            release.send(()).unwrap();
            same(&runtime.block_on(drain(&mut source, || (next, 4000))), &content);
        }
    }
}

#[test]
fn while_a_block_is_consumed_the_next_is_read() {
    let dir = Dir::new();
    let content = content(20_000);
    let file = dir.write(&content);
    for through in Through::ALL {
        let _case = Telling::of(through);
        let runtime = Builder::new_current_thread().max_blocking_threads(1).build().unwrap();
        runtime.block_on(async {
            let stream = FromFile::from_std(file.try_clone().unwrap()).await.unwrap();
            let mut source: Source = Box::pin(stream.with_block_size(1000).on_the_pool());
            for _ in 0..20 {
                let mut all = 0;
                while all < 1000 {
                    match get(&mut source, through, 1000).await {
                        Got::Bytes(bytes) => all += bytes.len(),
                        other => panic!("{other:?}"),
                    }
                }
                // The pool's only thread does one thing after another.
                tokio::task::spawn_blocking(|| ()).await.unwrap();
                let mut cx = Context::from_waker(Waker::noop());
                assert!(Pin::new(&mut source).as_mut().poll_lends(&mut cx).is_ready(), "the next block was not read");
            }
        });
    }
}

/// A runtime whose only pool thread is busy until something is sent.
fn busy_runtime() -> (Runtime, mpsc::Sender<()>) {
    let runtime = Builder::new_current_thread().max_blocking_threads(1).build().unwrap();
    let (release, released) = mpsc::channel();
    runtime.spawn_blocking(move || released.recv());
    (runtime, release)
}

#[test]
fn dropped_before_the_pool_has_a_thread_the_file_is_closed() {
    let dir = Dir::new();
    let file = Arc::new(dir.write(&content(10_000)));
    let (weak, mut stream) = (Arc::downgrade(&file), drive(FromFile::from_std(file)).unwrap().on_the_pool());
    let (runtime, release) = busy_runtime();
    let entered = runtime.enter();
    let mut cx = Context::from_waker(Waker::noop());
    assert!(Pin::new(&mut stream).poll_chunk(&mut cx, usize::MAX).is_pending());
    drop(stream);
    assert!(weak.upgrade().is_some(), "the pool holds what it reads");
    drop(entered);
    release.send(()).unwrap();
    drop(runtime);
    assert!(weak.upgrade().is_none(), "the file is still open");
    fs::remove_file(dir.path()).unwrap();
}

#[test]
#[cfg(target_os = "linux")]
fn dropped_before_the_pool_has_a_thread_nothing_is_read() {
    use rustix::fs::inotify::{CreateFlags, WatchFlags, add_watch, init};
    let dir = Dir::new();
    let file = dir.write(&content(10_000));
    let watch = init(CreateFlags::NONBLOCK).unwrap();
    add_watch(&watch, dir.path(), WatchFlags::ACCESS).unwrap();
    let was_read = || rustix::io::read(&watch, &mut [0; 1024]).is_ok();

    let mut stream = drive(FromFile::from_std(file.try_clone().unwrap())).unwrap().on_the_pool();
    let (runtime, release) = busy_runtime();
    {
        let _entered = runtime.enter();
        let mut cx = Context::from_waker(Waker::noop());
        assert!(Pin::new(&mut stream).poll_chunk(&mut cx, usize::MAX).is_pending());
    }
    drop(stream);
    release.send(()).unwrap();
    // It comes behind what was queued before.
    runtime.block_on(runtime.spawn_blocking(|| ())).unwrap();
    assert!(!was_read());
    file.read_at(&mut [0], 0).unwrap();
    assert!(was_read(), "a read cannot be seen");
}

#[test]
fn dropped_in_mid_read_the_file_is_closed_and_the_runtime_ends() {
    let dir = Dir::new();
    for _ in 0..100 {
        let file = Arc::new(dir.write(&content(10_000)));
        let (weak, mut stream) = (Arc::downgrade(&file), drive(FromFile::from_std(file)).unwrap().on_the_pool());
        let runtime = runtime();
        let entered = runtime.enter();
        let _ = Pin::new(&mut stream).poll_chunk(&mut Context::from_waker(Waker::noop()), usize::MAX);
        drop(stream);
        fs::remove_file(dir.path()).unwrap();
        drop(entered);
        drop(runtime);
        assert!(weak.upgrade().is_none(), "the file is still open");
    }
}

#[test]
fn a_runtime_that_is_gone_is_an_error_and_no_panic() {
    let dir = Dir::new();
    let file = dir.write(&content(10_000));
    for through in Through::ALL {
        let _case = Telling::of(through);
        let stream = drive(FromFile::from_std(file.try_clone().unwrap())).unwrap().on_the_pool();
        let mut source: Source = Box::pin(stream);
        let runtime = self::runtime();
        let gone = runtime.handle().clone();
        drop(runtime);
        let _entered = gone.enter();
        match drive(get(&mut source, through, 100)) {
            Got::Error(failure) => assert_eq!(failure.kind, io::ErrorKind::Other, "{}", failure.payload),
            other => panic!("{other:?}"),
        }
        assert_eq!(source.state(), State::Failed);
        assert_eq!(drive(get(&mut source, through, 100)), Got::End);
    }
}

#[test]
fn what_says_no_length_is_not_a_file() {
    let dir = Dir::new();
    let kind = |path: &std::path::Path| drive(FromFile::open(path)).unwrap_err().kind();
    assert_eq!(kind(dir.0.path()), io::ErrorKind::IsADirectory);
    assert_eq!(kind(&dir.path()), io::ErrorKind::NotFound);
    assert_eq!(kind("/dev/null".as_ref()), io::ErrorKind::Unsupported);
    let device = drive(FromFile::from_std(File::open("/dev/zero").unwrap()));
    assert_eq!(device.unwrap_err().kind(), io::ErrorKind::Unsupported);
    let directory = drive(FromFile::from_std(File::open(dir.0.path()).unwrap()));
    assert_eq!(directory.unwrap_err().kind(), io::ErrorKind::IsADirectory);
}

#[test]
#[cfg(target_os = "linux")]
fn a_pipe_is_not_waited_for_and_a_file_without_a_length_is_not_taken_for_empty() {
    use rustix::fs::{CWD, FileType, Mode, mknodat};
    let dir = Dir::new();
    mknodat(CWD, dir.path(), FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();
    for path in [dir.path(), "/proc/self/status".into()] {
        let error = drive(FromFile::open(path)).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::Unsupported);
        assert!(error.to_string().contains("`FromRead`"), "{error}");
    }
    let pipe = OpenOptions::new().read(true).write(true).open(dir.path()).unwrap();
    assert_eq!(drive(FromFile::from_std(pipe)).unwrap_err().kind(), io::ErrorKind::Unsupported);
}

#[test]
fn a_write_that_is_in_flight_is_waited_for() {
    let dir = Dir::new();
    runtime().block_on(async {
        let mut options = tokio::fs::OpenOptions::new();
        let mut file = options.create_new(true).read(true).write(true).open(dir.path()).await.unwrap();
        file.write_all(b"hello, ").await.unwrap();
        file.write_all(b"world").await.unwrap();
        let stream = FromFile::from_tokio(file).await.unwrap();
        assert_eq!(stream.collect_bytes().await.unwrap(), "hello, world");
    });
}

#[test]
fn a_file_that_somebody_still_uses_is_no_panic() {
    let dir = Dir::new();
    let file = tokio::fs::File::from_std(dir.write(b"hello, world"));
    let (runtime, release) = busy_runtime();
    runtime.block_on(async {
        {
            let mut metadata = pin!(file.metadata());
            assert!(metadata.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
        }
        let release = async { release.send(()).unwrap() };
        let (stream, ()) = tokio::join!(FromFile::from_tokio(file), release);
        assert_eq!(stream.unwrap().collect_bytes().await.unwrap(), "hello, world");
    });
}

#[test]
fn the_file_is_the_one_that_was_given() {
    let dir = Dir::new();
    dir.write(b"hello");
    let stream = drive(FromFile::open(dir.path())).unwrap();
    let mut text = String::new();
    (&**stream.get_ref()).read_to_string(&mut text).unwrap();
    assert_eq!(text, "hello");
    assert_eq!(format!("{stream:?}"), format!("FromFile {{ range: 0..5, block_size: {BLOCK}, .. }}"));
    assert_eq!(stream.into_inner().metadata().unwrap().len(), 5);
}

#[test]
fn a_chunk_is_a_block_and_the_rest_of_one_is_not_copied() {
    let dir = Dir::new();
    let content = content(10_000);
    let file = dir.write(&content);
    for way in Way::ALL {
        let _case = Telling::of(way);
        let mut stream = way.open(file.try_clone().unwrap()).with_block_size(4096);
        let mut chunk = |max| way.run(poll_fn(|cx| Pin::new(&mut stream).poll_chunk(cx, max))).unwrap().unwrap();
        assert_eq!(chunk(usize::MAX).len(), 4096);
        let (head, tail): (Bytes, Bytes) = (chunk(96), chunk(usize::MAX));
        assert_eq!((head.len(), tail.len()), (96, 4000));
        assert_eq!(head.as_ptr().wrapping_add(96), tail.as_ptr());
        let last = chunk(usize::MAX);
        // A chunk that is kept is not read into again.
        same(&[head, tail, last].concat(), &content[4096..]);
    }
}

#[test]
fn a_chunk_that_is_kept_keeps_its_bytes() {
    let dir = Dir::new();
    let content = content(200_000);
    let file = dir.write(&content);
    for way in Way::ALL {
        for keep in [1, 2, 5, 100] {
            let _case = Telling::of((way, keep));
            let mut stream = way.open(file.try_clone().unwrap()).with_block_size(4096);
            let mut kept = std::collections::VecDeque::new();
            let mut at = 0;
            while let Some(chunk) = way.run(poll_fn(|cx| Pin::new(&mut stream).poll_chunk(cx, 3000))) {
                kept.push_back(chunk.unwrap());
                if kept.len() > keep {
                    let oldest: Bytes = kept.pop_front().unwrap();
                    same(&oldest, &content[at..at + oldest.len()]);
                    at += oldest.len();
                }
            }
            same(&kept.make_contiguous().concat(), &content[at..]);
        }
    }
}

#[test]
fn at_its_end_it_holds_no_block_whichever_view_came_to_it() {
    let dir = Dir::new();
    let content = content(3000);
    let file = dir.write(&content);
    for way in Way::ALL {
        for through in Through::ALL {
            let _case = Telling::of((way, through));
            let mut source: Source = Box::pin(way.open(file.try_clone().unwrap()).with_block_size(1000));
            let first = way.run(poll_fn(|cx| source.as_mut().poll_chunk(cx, usize::MAX))).unwrap().unwrap();
            same(&way.run(drain(&mut source, || (through, 5000))), &content[1000..]);
            assert!(first.is_unique(), "the block of the first chunk is still held");
        }
    }
}

#[test]
#[should_panic(expected = "a block size of 0 bytes was asked for: there is no empty chunk")]
fn there_is_no_block_of_no_bytes() {
    let dir = Dir::new();
    let _ = drive(FromFile::from_std(dir.write(b"x"))).unwrap().with_block_size(0);
}

#[test]
fn a_file_that_is_always_ready_gives_other_tasks_their_turn() {
    // A turn is 128 units of 16 KiB.
    const SIZE: usize = 20 << 20;
    const LEAST: usize = SIZE / (128 * 16 * 1024);
    let dir = Dir::new();
    let file = dir.write(&vec![7; SIZE]);
    for through in [Through::Chunk, Through::Peek, Through::ReadInto] {
        let _case = Telling::of(through);
        let mut source: Source = Box::pin(drive(FromFile::from_std(file.try_clone().unwrap())).unwrap());
        let turns = Rc::new(Cell::new(0));
        let counting = Rc::clone(&turns);
        LocalSet::new().block_on(&runtime(), async move {
            let other = tokio::task::spawn_local(async move {
                loop {
                    counting.set(counting.get() + 1);
                    yield_now().await;
                }
            });
            let reading = tokio::task::spawn_local(async move {
                drain(&mut source, || (through, 1 << 20)).await;
            });
            reading.await.unwrap();
            other.abort();
        });
        assert!(turns.get() >= LEAST, "{} turns", turns.get());
    }
}

#[test]
fn a_length_error_can_be_found() {
    let dir = Dir::new();
    let stream = Way::Alone.open(dir.write(b"hello"));
    OpenOptions::new().write(true).open(dir.path()).unwrap().set_len(2).unwrap();
    let error = drive(stream.collect_bytes()).unwrap_err();
    assert_eq!(find(&error), Some(&LengthError::TooShort { missing: 3 }));
}

#[test]
fn a_block_begins_at_a_cache_line_also_when_it_is_read_into_again() {
    let dir = Dir::new();
    let file = dir.write(&content(10 * BLOCK));
    for way in Way::ALL {
        for keep in [true, false] {
            let _case = Telling::of((way, keep));
            let mut stream = way.open(file.try_clone().unwrap());
            let mut kept = Vec::new();
            way.run(async {
                while let Some(chunk) = poll_fn(|cx| Pin::new(&mut stream).poll_chunk(cx, usize::MAX)).await {
                    let chunk = chunk.unwrap();
                    assert_eq!(chunk.as_ptr().addr() % 64, 0, "of {} bytes", chunk.len());
                    kept.extend(keep.then_some(chunk));
                }
            });
        }
    }
}
