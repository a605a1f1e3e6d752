//! Small chunks made large.

use std::future::poll_fn;
use std::io;
use std::pin::{Pin, pin};
use std::task::{Context, Poll};
use std::time::Duration;

use async_compression::tokio::bufread::ZstdEncoder;
use byte_stream::adapter::{Coalesce, IdleTimeout};
use byte_stream::{ByteStream, ByteStreamExt, FromIter, FromRead, FromStream, State};
use byte_stream_tests::foreign::{self, Foreign, Pulls};
use byte_stream_tests::matrix::{self, Telling};
use byte_stream_tests::script::{Script, Step};
use byte_stream_tests::sources::{Source, adapt};
use byte_stream_tests::task::{drive, poll_once};
use byte_stream_tests::trace::{drain, get, take_trailers};
use byte_stream_tests::views::{Got, Through};
use bytes::Bytes;
use futures::task::noop_waker_ref;
use futures_util::{StreamExt, TryStreamExt, stream};
use tokio::time::{Instant, sleep};

/// How a stream of these steps is coalesced.
#[derive(Clone, Copy, Debug)]
enum How {
    WhatIsReady,
    UntilFull,
    AtMost(Duration),
}

const HOW: [How; 2] = [How::WhatIsReady, How::UntilFull];

fn coalesce<S: ByteStream>(stream: S, window: usize, how: How) -> Coalesce<S> {
    let coalesce = Coalesce::with_window(stream, window);
    match how {
        How::WhatIsReady => coalesce,
        How::UntilFull => coalesce.wait_until_full(),
        How::AtMost(latency) => coalesce.wait_at_most(latency),
    }
}

fn script(steps: &[&'static str]) -> Script {
    Script::new(steps.iter().map(|step| match *step {
        "pending" => Step::Pending,
        "error" => Step::Error(io::ErrorKind::ConnectionReset, "reset"),
        chunk => Step::Chunk(chunk.into()),
    }))
}

fn chunks(script: &Script, window: usize, how: How) -> Vec<Result<Bytes, io::ErrorKind>> {
    let stream = FromStream::new(foreign::stream(script, &Pulls::default()));
    let items = coalesce(stream, window, how).map_err(|error| error.kind());
    drive(items.collect())
}

#[test]
fn what_is_ready_is_put_together_up_to_the_window() {
    let script = script(&["a", "", "bc", "def", "ghijklm", "n"]);
    for how in HOW {
        assert_eq!(chunks(&script, 5, how), [Ok("abcde".into()), Ok("fghij".into()), Ok("klmn".into())]);
        assert_eq!(chunks(&script, 1, how)[0], Ok("a".into()));
        assert_eq!(chunks(&script, 14, how), [Ok("abcdefghijklmn".into())]);
        assert_eq!(chunks(&script, 1 << 20, how), [Ok("abcdefghijklmn".into())]);
    }
}

#[test]
fn what_does_not_wait_hands_out_what_it_has_when_the_stream_is_pending() {
    let script = script(&["pending", "a", "b", "pending", "c", "pending", "pending", "d", "e"]);
    assert_eq!(chunks(&script, 64, How::WhatIsReady), [Ok("ab".into()), Ok("c".into()), Ok("de".into())]);
}

#[test]
fn what_waits_stays_pending_until_the_window_is_full_or_the_end_has_come() {
    let script = script(&["pending", "a", "b", "pending", "c", "pending", "pending", "d", "e", "pending", "f"]);
    assert_eq!(chunks(&script, 4, How::UntilFull), [Ok("abcd".into()), Ok("ef".into())]);
    for through in Through::ALL {
        let stream = FromStream::new(foreign::stream(&script, &Pulls::default()));
        let mut source: Source = Box::pin(coalesce(stream, 4, How::UntilFull));
        let call = get(&mut source, through, 4);
        assert_eq!((call.got, call.polls), (Got::Bytes(b"abcd".into()), 5), "through {through:?}");
        let call = get(&mut source, through, 4);
        assert_eq!((call.got, call.polls), (Got::Bytes(b"ef".into()), 2), "through {through:?}");
    }
}

#[test]
fn an_error_comes_after_the_bytes_that_were_gathered_before_it() {
    let script = script(&["a", "pending", "b", "error"]);
    let reset = Err(io::ErrorKind::ConnectionReset);
    assert_eq!(chunks(&script, 8, How::UntilFull), [Ok("ab".into()), reset.clone()]);
    assert_eq!(chunks(&script, 8, How::WhatIsReady), [Ok("a".into()), Ok("b".into()), reset]);
    for through in Through::ALL {
        let mut source: Source = Box::pin(coalesce(adapt(Foreign::Stream, &script, &Pulls::default()), 8, HOW[1]));
        assert_eq!(get(&mut source, through, 8).got, Got::Bytes(b"ab".into()));
        assert_eq!(source.state(), State::Open, "the error is still to be said");
        let trace = drain(&mut source, through, 8);
        assert_eq!(trace.outcome().failure.unwrap().kind, io::ErrorKind::ConnectionReset);
        assert_eq!(trace.calls.last().unwrap().after.state, State::Failed);
    }
}

#[test]
fn what_goes_out_polls_nothing_until_all_of_it_has_been_read() {
    let (script, pulls) = (script(&["a", "b", "c", "d", "pending", "e"]), Pulls::default());
    for through in [Through::Chunk, Through::Peek, Through::ReadInto] {
        let mut source: Source =
            Box::pin(coalesce(FromStream::new(foreign::stream(&script, &pulls)), 4, How::UntilFull));
        assert_eq!(get(&mut source, through, 1).got, Got::Bytes(b"a".into()));
        let before = pulls.count();
        for expected in ["b", "c", "d"] {
            assert_eq!(get(&mut source, Through::Peek, 1).got, Got::Bytes(expected.into()));
            assert_eq!(pulls.count(), before);
        }
        assert_eq!(get(&mut source, through, 1).got, Got::Bytes(b"e".into()));
    }
}

#[test]
fn a_large_chunk_passes_with_its_pointer_if_nothing_waits_before_it() {
    let (large, exact) = (Bytes::from(vec![7; 100]), Bytes::from(vec![8; 10]));
    for how in HOW {
        let mut stream = pin!(coalesce(FromIter::new([large.clone(), exact.clone(), large.clone()]), 10, how));
        for (max, chunk) in
            [(usize::MAX, &large[..]), (usize::MAX, &exact[..]), (50, &large[..50]), (3, &large[50..53])]
        {
            let out = drive(poll_fn(|cx| stream.as_mut().poll_chunk(cx, max))).unwrap().unwrap();
            assert_eq!((out.as_ptr(), out.len()), (chunk.as_ptr(), chunk.len()));
        }
        let lent = drive(poll_fn(|cx| stream.as_mut().poll_peek(cx).map_ok(<[u8]>::as_ptr))).unwrap();
        assert_eq!(lent, large[53..].as_ptr());
    }
}

#[test]
fn a_small_chunk_that_comes_alone_is_not_copied() {
    let small = Bytes::from(vec![7; 10]);
    let script = Script::new([Step::Chunk(small.clone()), Step::Pending]);
    for how in HOW {
        let mut stream = coalesce(FromStream::new(foreign::stream(&script, &Pulls::default())), 64, how);
        assert_eq!(drive(stream.next()).unwrap().unwrap().as_ptr(), small.as_ptr());
    }
}

#[test]
fn the_rest_of_a_large_chunk_that_filled_the_window_is_not_copied() {
    let large = Bytes::from(vec![7; 100]);
    let mut stream = Coalesce::with_window(FromIter::new([Bytes::from_static(b"a"), large.clone()]), 10);
    assert_eq!(drive(stream.next()).unwrap().unwrap().len(), 10);
    assert_eq!(drive(stream.next()).unwrap().unwrap().as_ptr(), large[9..].as_ptr());
}

#[test]
fn memory_is_used_again_when_the_consumer_has_dropped_what_it_got() {
    const WINDOW: usize = 1000;
    let mut stream = Coalesce::with_window(FromIter::new((0..1000).map(|_| Bytes::from_static(&[7; 100]))), WINDOW);
    let mut first = None;
    while let Some(chunk) = drive(stream.next()) {
        let chunk = chunk.unwrap();
        assert_eq!(chunk.len(), WINDOW);
        assert_eq!(chunk.as_ptr(), *first.get_or_insert(chunk.as_ptr()));
    }
}

#[test]
fn no_memory_is_held_at_the_end_or_after_an_error() {
    for last in ["c", "error"] {
        let script = script(&["a", "b", last]);
        let mut stream = Coalesce::new(FromStream::new(foreign::stream(&script, &Pulls::default())));
        let chunk = drive(stream.next()).unwrap().unwrap();
        // A later end is noticed when it comes.
        assert_eq!(drive(stream.next()).is_some(), last == "error");
        assert!(chunk.try_into_mut().is_ok(), "the stream holds the rest of the block");
    }
}

#[test]
fn what_the_consumer_keeps_is_not_written_over() {
    let expected: Vec<u8> = (0..10_000u32).map(|n| n.to_le_bytes()[0] ^ n.to_le_bytes()[1]).collect();
    for (window, chunk, burst) in [(1000, 7, 9), (1000, 300, 2), (64, 10, 3), (64, 33, 2), (100_000, 9, 100)] {
        for how in HOW {
            let _case = Telling::of((window, chunk, burst, how));
            let steps = expected.chunks(chunk).enumerate().flat_map(|(n, chunk)| {
                let pending = (n % burst == 0).then_some(Step::Pending);
                [Some(Step::Chunk(Bytes::copy_from_slice(chunk))), pending].into_iter().flatten()
            });
            let kept: Vec<Bytes> = chunks(&Script::new(steps), window, how).into_iter().map(Result::unwrap).collect();
            assert_eq!(kept.concat(), expected);
        }
    }
}

#[test]
fn what_is_gathered_counts_as_left_and_comes_back_with_the_parts() {
    let script = script(&["ab", "c", "pending", "d", "error"]);
    let mut source = pin!(coalesce(adapt(Foreign::SizedBody, &script, &Pulls::default()), 64, How::UntilFull));
    assert_eq!(source.bytes_left(), (4, Some(4)));
    assert!(poll_once(pin!(poll_fn(|cx| source.as_mut().poll_chunk(cx, 1)))).is_pending());
    assert_eq!((source.bytes_left(), source.state()), ((4, Some(4)), State::Open));

    let open = || coalesce(FromStream::new(foreign::stream(&script, &Pulls::default())), 64, How::UntilFull);
    let mut pending = open();
    assert!(poll_once(pin!(pending.next())).is_pending());
    let parts = pending.into_parts();
    assert_eq!((parts.unread, parts.error.is_none()), ("abc".into(), true));
    assert_eq!(drive(parts.source.collect_bytes()).unwrap_err().kind(), io::ErrorKind::ConnectionReset);

    let mut peeked = open();
    drive(poll_fn(|cx| Pin::new(&mut peeked).poll_peek(cx).map_ok(|_| ()))).unwrap();
    Pin::new(&mut peeked).consume_peeked(1);
    let parts = peeked.into_parts();
    assert_eq!((parts.unread, parts.error.unwrap().kind()), ("bcd".into(), io::ErrorKind::ConnectionReset));
}

#[test]
fn a_stream_that_is_over_is_not_asked_for_its_end() {
    let pulls = Pulls::default();
    let source = adapt(Foreign::SizedBody, &script(&["ab", "c"]), &pulls);
    let mut source: Source = Box::pin(Coalesce::new(source));
    assert_eq!(get(&mut source, Through::Stream, 1).got, Got::Bytes(b"abc".into()));
    assert_eq!((pulls.count(), source.state()), (2, State::Ended));
}

#[test]
fn trailers_wait_until_what_was_gathered_has_been_read() {
    let script = script(&["a", "b"]).then(Step::Trailer("x-sum", "1")).then(Step::Chunk("c".into()));
    for through in Through::ALL.into_iter().filter(|through| through.has_size()) {
        let mut source: Source = Box::pin(Coalesce::new(adapt(Foreign::Body, &script, &Pulls::default())));
        assert_eq!(get(&mut source, through, 1).after.state, State::Open);
        assert_eq!(take_trailers(&mut source), None);
        assert_eq!(get(&mut source, Through::Stream, 1).after.state, State::Trailers);
        assert_eq!(take_trailers(&mut source).unwrap()["x-sum"], "1");
    }
}

#[test]
#[should_panic(expected = "a window of 0 bytes was asked for")]
fn a_window_of_nothing_is_refused() {
    let _ = Coalesce::with_window(FromIter::new(["a"]), 0);
}

#[test]
fn a_slow_stream_compresses_nearly_as_well_as_a_fast_one() {
    /// Words in an order that no encoder foresees.
    fn text(len: usize) -> Vec<u8> {
        let (mut text, mut state) = (Vec::new(), 1u32);
        while text.len() < len {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let words = ["stream ", "of ", "bytes ", "chunk ", "poll ", "pending ", "view ", "lend ", "\n", "peek "];
            text.extend_from_slice(words[(state >> 16) as usize % words.len()].as_bytes());
        }
        text.truncate(len);
        text
    }
    let text = text(300_000);
    let size = |stream: Source| drive(FromRead::new(ZstdEncoder::new(stream)).collect_bytes()).unwrap().len();
    for chunk in [64, 1500] {
        let chunks = || text.chunks(chunk).map(|chunk| Step::Chunk(Bytes::copy_from_slice(chunk)));
        let slow = Script::new(chunks().flat_map(|chunk| [chunk, Step::Pending]));
        let fast = Script::new(chunks());
        let open = |script| adapt(Foreign::Stream, script, &Pulls::default());
        let fast = size(open(&fast));
        let filled = size(Box::pin(Coalesce::new(open(&slow)).wait_until_full()));
        assert!(filled * 100 <= fast * 103, "{filled} for {fast}");
        assert!(size(open(&slow)) * 100 > fast * 110, "without it there is nothing to gain");
    }
}

#[test]
fn a_reader_is_gathered_too() {
    let bytes =
        drive(Coalesce::new(FromRead::new(foreign::reader(&matrix::large(), &Pulls::default()))).collect_bytes());
    assert_eq!(bytes.unwrap(), matrix::large().promise(Foreign::Read).bytes);
}

const LATENCY: Duration = Duration::from_millis(50);

/// Chunks that come so many milliseconds after each other.
fn timed(steps: &'static [(u64, &'static str)]) -> impl futures_util::Stream<Item = &'static str> {
    stream::iter(steps).then(|(millis, chunk)| async {
        sleep(Duration::from_millis(*millis)).await;
        *chunk
    })
}

/// The chunks, and at which millisecond each came.
async fn times(stream: impl ByteStream) -> Vec<(u128, Bytes)> {
    let mut stream = pin!(stream);
    let (begin, mut times) = (Instant::now(), Vec::new());
    while let Some(chunk) = poll_fn(|cx| stream.as_mut().poll_chunk(cx, usize::MAX)).await {
        times.push((begin.elapsed().as_millis(), chunk.unwrap()));
    }
    times
}

#[tokio::test(start_paused = true)]
async fn what_was_gathered_goes_out_when_its_time_is_up() {
    let steps = &[(10, "a"), (20, "b"), (20, "c"), (500, "d"), (49, "e"), (500, "f")];
    let stream = coalesce(FromStream::new(timed(steps)), 64, How::AtMost(LATENCY));
    assert_eq!(times(stream).await, [(60, "abc".into()), (600, "de".into()), (1099, "f".into())]);
}

#[tokio::test(start_paused = true)]
async fn a_full_window_does_not_wait_for_the_time() {
    let steps = &[(10, "ab"), (10, "cd"), (10, "e"), (10, "fgh"), (10, "i"), (200, "j")];
    let stream = coalesce(FromStream::new(timed(steps)), 4, How::AtMost(LATENCY));
    assert_eq!(times(stream).await, [(20, "abcd".into()), (40, "efgh".into()), (100, "i".into()), (250, "j".into())]);
}

#[tokio::test(start_paused = true)]
async fn every_view_waits_for_the_time() {
    for through in Through::ALL {
        let stream = FromStream::new(timed(&[(10, "a"), (20, "b"), (200, "c")]));
        let mut source = Box::pin(coalesce(stream, 64, How::AtMost(LATENCY)));
        let begin = Instant::now();
        let got = poll_fn(|cx| through.poll_get(source.as_mut(), cx, 8)).await;
        assert_eq!((got, begin.elapsed().as_millis()), (Got::Bytes(b"ab".into()), 60), "through {through:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_time_goes_on_when_a_pending_read_is_dropped_and_nothing_is_lost() {
    let stream = FromStream::new(timed(&[(10, "a"), (20, "b"), (200, "c")]));
    let mut stream = Box::pin(coalesce(stream, 64, How::AtMost(LATENCY)));
    let begin = Instant::now();
    for _ in 0..4 {
        assert!(tokio::time::timeout(Duration::from_millis(10), stream.next()).await.is_err());
    }
    assert_eq!(stream.next().await.unwrap().unwrap(), "ab");
    assert_eq!(begin.elapsed().as_millis(), 60);
}

#[tokio::test(start_paused = true)]
async fn a_time_that_never_ends_is_no_panic() {
    let stream = FromStream::new(timed(&[(10, "a"), (20, "b"), (200, "c")]));
    let stream = coalesce(stream, 64, How::AtMost(Duration::MAX));
    assert_eq!(times(stream).await, [(230, "abc".into())]);
}

#[tokio::test(start_paused = true)]
async fn no_time_at_all_is_as_if_it_did_not_wait() {
    let steps = &[(10, "a"), (20, "b"), (20, "c")];
    let stream = coalesce(FromStream::new(timed(steps)), 64, How::AtMost(Duration::ZERO));
    assert_eq!(times(stream).await, [(10, "a".into()), (30, "b".into()), (50, "c".into())]);
}

#[test]
fn no_runtime_is_needed_before_it_has_to_wait() {
    let mut stream = pin!(coalesce(FromIter::new(["a", "b"]), 64, How::AtMost(LATENCY)));
    let mut cx = Context::from_waker(noop_waker_ref());
    let Poll::Ready(Some(Ok(chunk))) = stream.as_mut().poll_chunk(&mut cx, 64) else { panic!("no chunk") };
    assert_eq!(chunk, "ab");
}

#[test]
fn who_looks_before_an_error_does_not_take_the_bytes_before_it_for_the_whole() {
    let items = [Ok("one "), Ok("two"), Err("the disk is gone")];
    let mut stream = Coalesce::new(FromIter::new(items));
    drive(poll_fn(|cx| Pin::new(&mut stream).poll_peek(cx).map_ok(<[u8]>::len))).unwrap();
    assert_eq!((stream.state(), stream.bytes_left()), (State::Open, (7, None)), "or a server would announce 7 bytes");
    assert_eq!(drive(stream.collect_bytes()).unwrap_err().to_string(), "the disk is gone");
}

#[test]
fn a_window_may_be_larger_than_memory_if_the_stream_is_not() {
    for how in HOW {
        let source = adapt(Foreign::Iter, &matrix::large(), &Pulls::default());
        let chunks: Vec<_> = drive(coalesce(source, usize::MAX, how).try_collect()).unwrap();
        assert_eq!(chunks, [Bytes::from(matrix::large().promise(Foreign::Iter).bytes)]);
    }
}

#[tokio::test(start_paused = true)]
async fn an_idle_timeout_belongs_below_what_waits_for_a_window() {
    const STEPS: [(u64, &str); 5] = [(40, "a"), (40, "b"), (40, "c"), (40, "d"), (40, "e")];
    let below = IdleTimeout::new(FromStream::new(timed(&STEPS)), LATENCY);
    assert_eq!(Box::pin(Coalesce::new(below).wait_until_full()).collect_bytes().await.unwrap(), "abcde");
    let above = IdleTimeout::new(Coalesce::new(FromStream::new(timed(&STEPS))).wait_until_full(), LATENCY);
    assert_eq!(Box::pin(above).collect_bytes().await.unwrap_err().kind(), io::ErrorKind::TimedOut);
}
