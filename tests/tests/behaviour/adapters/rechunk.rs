//! Chunks of one size.

use std::future::poll_fn;
use std::io;
use std::num::NonZeroUsize;
use std::pin::pin;
use std::task::Poll;

use byte_stream::adapter::Rechunk;
use byte_stream::testing::RawStream;
use byte_stream::{ByteStream, FromIter, FromStream, State};
use byte_stream_tests::foreign::{self, Foreign, Pulls};
use byte_stream_tests::matrix::{self, Telling};
use byte_stream_tests::script::{Script, Step};
use byte_stream_tests::sources::{Source, adapt};
use byte_stream_tests::task::{drive, poll_once};
use byte_stream_tests::trace::{drain, drain_with, get};
use byte_stream_tests::views::{Got, Through};
use bytes::Bytes;

/// The views that see the parts.
const IN_PARTS: [(Through, usize); 3] =
    [(Through::Chunk, usize::MAX), (Through::Stream, usize::MAX), (Through::Body, usize::MAX)];
const SIZES: [usize; 7] = [1, 2, 5, 7, 16, 4096, 10_000];

fn size(n: usize) -> NonZeroUsize {
    NonZeroUsize::new(n).unwrap()
}

fn rechunk(foreign: Foreign, script: &Script, n: usize) -> Source {
    Box::pin(Rechunk::new(adapt(foreign, script, &Pulls::default()), size(n)))
}

fn for_each_way(scripts: &[Script], mut test: impl FnMut(Foreign, &Script, usize)) {
    for script in scripts {
        for foreign in Foreign::ALL {
            // Parts of a byte make many calls of a long script.
            for n in SIZES.into_iter().filter(|&n| n >= 16 || script.len() < 1000) {
                let _case = Telling::of((foreign, script, n));
                test(foreign, script, n);
            }
        }
    }
}

fn chunk<S: ByteStream + Unpin>(stream: &mut S, max: usize) -> Bytes {
    drive(poll_fn(|cx| std::pin::Pin::new(&mut *stream).poll_chunk(cx, max))).unwrap().unwrap()
}

#[test]
fn every_chunk_is_a_part_and_the_last_one_the_rest() {
    for_each_way(&matrix::all(), |foreign, script, n| {
        for (through, max) in IN_PARTS {
            let trace = drain(&mut rechunk(foreign, script, n), through, max);
            let promise = script.promise(foreign);
            assert_eq!(trace.outcome(), promise, "{through:?}");
            trace.check_lengths();
            let sizes = trace.calls.iter().filter_map(|call| match &call.got {
                Got::Bytes(bytes) => Some(bytes.len()),
                _ => None,
            });
            let expected = promise.bytes.chunks(n).map(<[u8]>::len);
            assert_eq!(sizes.collect::<Vec<_>>(), expected.collect::<Vec<_>>(), "{through:?}");
        }
    });
}

#[test]
fn parts_count_from_the_start_whichever_views_are_used() {
    let mut turn = 0_usize;
    for_each_way(&[matrix::small(), matrix::large()], |foreign, script, n| {
        let mut came = 0;
        let trace = drain_with(&mut rechunk(foreign, script, n), || {
            turn += 1;
            if turn.is_multiple_of(3) {
                return (Through::Stream, usize::MAX);
            }
            (Through::ALL[turn % Through::ALL.len()], 1 + turn * 7 % (2 * n))
        });
        assert_eq!(trace.outcome(), script.promise(foreign));
        turn -= trace.calls.len() + trace.afterwards.len();
        for call in &trace.calls {
            turn += 1;
            let Got::Bytes(bytes) = &call.got else { continue };
            came += bytes.len();
            if turn.is_multiple_of(3) {
                assert!(came.is_multiple_of(n) || came as u64 == script.len(), "a chunk ends at {came}");
            }
        }
        turn += trace.afterwards.len();
    });
}

#[test]
fn a_chunk_of_less_than_the_part_is_as_long_as_was_asked_for() {
    for foreign in Foreign::ALL {
        let mut source = rechunk(foreign, &Script::chunks(&[1, 2, 3, 4]), 7);
        let lens = [3, 100, 2, 100].map(|max| chunk(&mut source, max).len());
        assert_eq!(lens, [3, 4, 2, 1], "{foreign:?}");
        assert_eq!(get(&mut source, Through::Stream, 1).got, Got::End);
    }
}

#[test]
fn what_is_a_part_already_passes_with_its_pointer() {
    let whole = Bytes::from(vec![7; 1000]);
    let chunks = [whole.slice(..100), whole.slice(100..400), whole.slice(400..)];
    let mut parts = Rechunk::new(FromIter::new(chunks), size(100));
    for at in (0..1000).step_by(100) {
        let part = chunk(&mut parts, usize::MAX);
        assert_eq!((part.as_ptr(), part.len()), (whole[at..].as_ptr(), 100));
    }
}

#[test]
fn a_last_chunk_that_is_short_is_not_copied() {
    let whole = Bytes::from(vec![7; 130]);
    let mut parts = Rechunk::new(FromIter::new([whole.clone()]), size(100));
    assert_eq!(chunk(&mut parts, usize::MAX).as_ptr(), whole.as_ptr());
    assert_eq!(chunk(&mut parts, usize::MAX).as_ptr(), whole[100..].as_ptr());
}

#[test]
fn after_a_part_that_was_joined_the_next_passes_with_its_pointer() {
    let chunks = [Bytes::from(vec![1; 30]), Bytes::from(vec![2; 170])];
    let mut parts = Rechunk::new(FromIter::new(chunks.clone()), size(100));
    let joined = chunk(&mut parts, usize::MAX);
    assert_eq!((&joined[..30], &joined[30..]), (&[1; 30][..], &[2; 70][..]));
    let next = chunk(&mut parts, usize::MAX);
    assert_eq!((next.as_ptr(), next.len()), (chunks[1][70..].as_ptr(), 100));
}

/// A stream of which 3 bytes have come, and 2 after a nap.
fn halting() -> Rechunk<FromStream<RawStream>> {
    let script = Script::new([Step::Chunk("one".into()), Step::Pending, Step::Chunk("23".into())]);
    Rechunk::new(FromStream::new(foreign::stream(&script, &Pulls::default())), size(100))
}

fn poll_chunk<S: ByteStream + Unpin>(stream: &mut S) -> Poll<Option<io::Result<Bytes>>> {
    poll_once(pin!(poll_fn(|cx| std::pin::Pin::new(&mut *stream).poll_chunk(cx, usize::MAX))))
}

#[test]
fn a_part_that_is_not_whole_is_pending_and_a_reader_gets_what_there_is() {
    let readers: Vec<_> = Through::ALL.into_iter().filter(|through| through.has_size()).collect();
    for through in readers {
        let mut source: Source = Box::pin(halting());
        assert!(poll_chunk(&mut source).is_pending());
        assert_eq!((source.state(), source.bytes_left()), (State::Open, (3, None)));
        if through != Through::Chunk {
            let call = get(&mut source, through, 100);
            assert_eq!((call.got, call.polls), (Got::Bytes(b"one".into()), 1), "{through:?}");
        }
        let trace = drain(&mut source, through, 100);
        let rest = if through == Through::Chunk { &b"one23"[..] } else { b"23" };
        assert_eq!(trace.outcome().bytes, rest, "{through:?}");
    }
}

#[test]
fn a_reader_does_not_wait_for_a_part() {
    let mut source: Source = Box::pin(halting());
    let call = get(&mut source, Through::TokioRead, 100);
    assert_eq!((call.got, call.polls), (Got::Bytes(b"one".into()), 1));
}

#[test]
fn what_was_gathered_is_handed_back_with_the_stream() {
    let mut parts = halting();
    assert!(poll_chunk(&mut parts).is_pending());
    let pieces = parts.into_parts();
    assert_eq!((pieces.unread, pieces.error.is_none()), (Bytes::from("one"), true));
    let mut rest = pieces.source;
    assert_eq!(chunk(&mut rest, usize::MAX), "23");
}

#[test]
fn an_error_that_came_after_a_part_of_a_part_is_handed_back_with_it() {
    let items = [Ok("one"), Ok("two"), Err("reset")];
    let mut parts = Rechunk::new(FromIter::new(items), size(100));
    assert_eq!(chunk(&mut parts, 4), "onet");
    assert!(parts.into_parts().error.is_none());

    let mut parts = Rechunk::new(FromIter::new(items), size(100));
    let lent = drive(poll_fn(|cx| std::pin::Pin::new(&mut parts).poll_chunk(cx, 5))).unwrap().unwrap();
    assert_eq!(lent, "onetw");
    assert_eq!(chunk(&mut parts, usize::MAX), "o");
    assert_eq!(parts.state(), State::Open);
    let pieces = parts.into_parts();
    assert_eq!(pieces.error.unwrap().to_string(), "reset");
}

#[test]
fn the_bytes_before_an_error_come_first_in_a_chunk_that_is_short() {
    let failing = Script::chunks(&[5, 4]).then(Step::Error(io::ErrorKind::ConnectionReset, "reset"));
    for foreign in Foreign::ALL {
        for (through, max) in IN_PARTS {
            let mut source = rechunk(foreign, &failing, 6);
            let got: Vec<_> = drain(&mut source, through, max).calls.into_iter().map(|call| call.got).collect();
            assert_eq!(got[..2], [Got::Bytes((0..6).collect()), Got::Bytes(vec![6, 7, 8])], "{foreign:?} {through:?}");
            assert!(matches!(&got[2..], [Got::Error(_)]), "{got:?}");
            assert_eq!((source.state(), source.bytes_left()), (State::Failed, (0, Some(0))));
        }
    }
}

#[test]
fn a_part_may_be_larger_than_memory_if_the_stream_is_not() {
    for foreign in Foreign::ALL {
        let trace = drain(&mut rechunk(foreign, &matrix::large(), usize::MAX), Through::Stream, 1);
        assert_eq!(trace.outcome(), matrix::large().promise(foreign));
        assert_eq!(trace.calls.len(), 2, "one chunk, and the end");
    }
}

#[test]
fn to_consume_more_than_a_part_goes_on_in_the_middle_of_one() {
    let mut source = rechunk(Foreign::Stream, &Script::new([Step::Chunk(Bytes::from(vec![7; 100]))]), 30);
    drive(poll_fn(|cx| source.as_mut().poll_peek(cx).map_ok(<[u8]>::len))).unwrap();
    source.as_mut().consume_peeked(70);
    assert_eq!((chunk(&mut source, usize::MAX).len(), chunk(&mut source, usize::MAX).len()), (20, 10));
}

#[test]
fn who_looks_before_an_error_does_not_take_the_bytes_before_it_for_the_whole() {
    let mut parts = Rechunk::new(FromIter::new([Ok("one "), Ok("two"), Err("the disk is gone")]), size(100));
    assert_eq!(chunk(&mut parts, 5), "one t");
    assert_eq!(chunk(&mut parts, 95), "wo");
    assert_eq!((parts.state(), parts.bytes_left()), (State::Open, (0, None)));
    let error = drive(poll_fn(|cx| std::pin::Pin::new(&mut parts).poll_chunk(cx, 1))).unwrap().unwrap_err();
    assert_eq!((error.to_string().as_str(), parts.bytes_left()), ("the disk is gone", (0, Some(0))));
}
