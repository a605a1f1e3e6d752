//! Any number of streams, one after another.

use std::future::poll_fn;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use byte_stream::adapter::Chain;
use byte_stream::{BoxByteStream, ByteStream, ByteStreamExt, FromIter, FromStream, State, View, stream};
use byte_stream_tests::foreign::{Foreign, Pulls};
use byte_stream_tests::matrix::{self, Telling};
use byte_stream_tests::script::{Script, Step};
use byte_stream_tests::sources::{Source, adapt};
use byte_stream_tests::task::{drive, drive_counting};
use byte_stream_tests::trace::{drain, get, take_trailers};
use byte_stream_tests::views::{Got, Through};
use bytes::Bytes;

/// Counts how many streams have been made, and how many of them dropped.
#[derive(Clone, Default)]
struct Streams {
    made: Arc<AtomicUsize>,
    dropped: Arc<AtomicUsize>,
}

impl Streams {
    fn counts(&self) -> (usize, usize) {
        (self.made.load(Ordering::Relaxed), self.dropped.load(Ordering::Relaxed))
    }

    fn make(&self, foreign: Foreign, script: &Script) -> Noted {
        self.note(adapt(foreign, script, &Pulls::default()))
    }

    fn note(&self, stream: Source) -> Noted {
        self.made.fetch_add(1, Ordering::Relaxed);
        Noted { stream, _dropped: Dropped(Arc::clone(&self.dropped)) }
    }
}

#[derive(ByteStream)]
struct Noted {
    #[byte_stream(source)]
    stream: Source,
    _dropped: Dropped,
}

struct Dropped(Arc<AtomicUsize>);

impl Drop for Dropped {
    fn drop(&mut self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

/// When the streams of a chain are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Made {
    Before,
    /// When their turn has come.
    Late,
    /// The same, by an iterator that does not know its end.
    LateWithoutHint,
}

impl Made {
    const ALL: [Made; 3] = [Made::Before, Made::Late, Made::LateWithoutHint];
}

/// A chain of these scripts.
fn chain(made: Made, foreign: Foreign, scripts: &[Script]) -> (Source, Streams) {
    let streams = Streams::default();
    let making = streams.clone();
    let scripts = scripts.to_vec();
    let mut all = scripts.into_iter().map(move |script| making.make(foreign, &script));
    let source: Source = match made {
        Made::Before => Box::pin(all.collect::<Chain<_>>()),
        Made::Late => Box::pin(Chain::new(all)),
        Made::LateWithoutHint => Box::pin(Chain::new(std::iter::from_fn(move || all.next()))),
    };
    (source, streams)
}

fn take<S: ByteStream + Unpin>(stream: &mut S, max: usize) -> Bytes {
    drive(poll_fn(|cx| Pin::new(&mut *stream).poll_chunk(cx, max))).unwrap().unwrap()
}

fn for_each_way(mut test: impl FnMut(Made, Foreign, Through)) {
    for made in Made::ALL {
        for foreign in Foreign::ALL {
            for through in Through::ALL {
                let _case = Telling::of((made, foreign, through));
                test(made, foreign, through);
            }
        }
    }
}

#[test]
fn streams_come_one_after_another_whatever_they_do() {
    let scripts = matrix::good();
    let bytes: Vec<u8> = scripts.iter().flat_map(|script| script.promise(Foreign::Stream).bytes).collect();
    for_each_way(|made, foreign, through| {
        for size in [3, 4096] {
            let (mut source, streams) = chain(made, foreign, &scripts);
            let trace = drain(&mut source, through, size);
            assert_eq!(trace.outcome().bytes, bytes);
            assert_eq!(streams.counts().0, scripts.len());
            trace.check_lengths();
            assert!(trace.afterwards.iter().all(|call| call.got == Got::End));
        }
    });
}

#[test]
fn the_next_stream_is_made_when_the_one_before_is_over() {
    let script = Script::chunks(&[3]);
    for foreign in Foreign::ALL {
        for through in Through::ALL {
            let (mut source, streams) = chain(Made::Late, foreign, &[script.clone(), script.clone(), script.clone()]);
            assert_eq!((streams.counts(), source.state(), source.bytes_left()), ((0, 0), State::Open, (0, None)));
            for turn in 1..=3 {
                let mut came = 0;
                while came < 3 {
                    let Got::Bytes(bytes) = get(&mut source, through, 2).got else { panic!("no bytes") };
                    came += bytes.len();
                    assert_eq!(streams.counts().0, turn, "{foreign:?} {through:?}");
                }
            }
            assert_eq!(get(&mut source, through, 2).got, Got::End);
            assert_eq!(source.state(), State::Ended);
        }
    }
}

#[test]
fn a_stream_is_dropped_when_it_is_over() {
    let script = Script::chunks(&[3]);
    for_each_way(|made, foreign, through| {
        let (mut source, streams) = chain(made, foreign, &[script.clone(), script.clone()]);
        let mut came = 0;
        while let Got::Bytes(bytes) = get(&mut source, through, 2).got {
            came += bytes.len();
            assert!(came <= 3 || streams.counts().1 > 0, "the second is read");
        }
        assert_eq!(streams.counts(), (2, 2), "before the chain is");
    });
}

#[test]
fn a_stream_that_knows_its_end_is_dropped_with_its_last_byte() {
    let streams = Streams::default();
    let known = |bytes: &'static str| streams.note(Box::pin(View::new(Bytes::from(bytes))));
    let mut chain: Chain<_> = [known("one"), known("two")].into_iter().collect();
    assert_eq!((take(&mut chain, 2), streams.counts()), ("on".into(), (2, 0)));
    assert_eq!((take(&mut chain, 2), streams.counts()), ("e".into(), (2, 1)));
    drive(poll_fn(|cx| Pin::new(&mut chain).poll_peek(cx).map_ok(<[u8]>::len))).unwrap();
    Pin::new(&mut chain).consume_peeked(3);
    assert_eq!((streams.counts(), chain.state()), ((2, 2), State::Ended));
}

#[test]
fn after_an_error_no_stream_begins_and_all_are_dropped() {
    let failing = Script::chunks(&[3]).then(Step::Error(io::ErrorKind::ConnectionReset, "reset"));
    for_each_way(|made, foreign, through| {
        let (mut source, streams) = chain(made, foreign, &[failing.clone(), matrix::small(), matrix::small()]);
        assert_eq!(drain(&mut source, through, 2).outcome(), failing.promise(foreign));
        assert_eq!((source.state(), source.bytes_left()), (State::Failed, (0, Some(0))));
        let begun = if made == Made::Before { 3 } else { 1 };
        assert_eq!(streams.counts(), (begun, begun - 1), "but for the one that failed");
    });
}

#[test]
fn only_the_trailers_of_the_last_stream_are_handed_out() {
    let with = |name| Script::chunks(&[3]).then(Step::Trailer(name, "1"));
    for made in Made::ALL {
        for foreign in [Foreign::Body, Foreign::SizedBody] {
            for through in Through::ALL {
                let _case = Telling::of((made, foreign, through));
                let (mut source, _) = chain(made, foreign, &[with("x-first"), with("x-second"), with("x-last")]);
                let outcome = drain(&mut source, through, 2).outcome();
                assert_eq!((outcome.bytes.len(), outcome.trailers.len()), (9, 1));
                assert_eq!(outcome.trailers["x-last"], "1");
                assert_eq!((source.state(), take_trailers(&mut source)), (State::Ended, None));

                let (mut source, _) = chain(made, foreign, &[with("x-first"), Script::chunks(&[3])]);
                let outcome = drain(&mut source, through, 2).outcome();
                assert_eq!((outcome.bytes.len(), outcome.trailers.len()), (6, 0));
            }
        }
    }
}

#[test]
fn lengths_add_up_where_all_streams_are_there() {
    let scripts = [Script::chunks(&[3, 4]), Script::default(), Script::chunks(&[5])];
    for through in Through::ALL {
        let (mut source, _) = chain(Made::Before, Foreign::SizedBody, &scripts);
        let mut left = 12;
        loop {
            assert_eq!(source.bytes_left(), (left, Some(left)), "{through:?}");
            let Got::Bytes(bytes) = get(&mut source, through, 2).got else { break };
            left -= bytes.len() as u64;
        }
        assert_eq!(left, 0);
    }
}

#[test]
fn the_length_is_unknown_while_there_may_be_another_stream() {
    let mut streams = vec![stream!["one"], stream!["four"]].into_iter();
    // An iterator that does not know its end.
    let mut chain = Chain::new(std::iter::from_fn(move || streams.next()));
    assert_eq!(chain.bytes_left(), (0, None));
    assert_eq!(take(&mut chain, usize::MAX), "one");
    assert_eq!((chain.state(), chain.bytes_left()), (State::Open, (0, None)));
    assert_eq!(drive(chain.collect_bytes()).unwrap(), "four");

    let mut last = Chain::new([stream!["one"], stream!["four"]]);
    assert_eq!(take(&mut last, usize::MAX), "one");
    assert_eq!(last.bytes_left(), (0, None));
    assert_eq!(take(&mut last, 1), "f");
    assert_eq!(last.bytes_left(), (3, Some(3)), "the iterator has no more");
}

#[test]
fn a_length_that_does_not_fit_is_unknown_and_never_too_large() {
    let huge = || {
        let hint = http_body::SizeHint::with_exact(u64::MAX);
        let frames = byte_stream_tests::foreign::body(&Script::chunks(&[1]), &Pulls::default());
        byte_stream::FromBody::new(frames.announcing(hint))
    };
    assert_eq!([huge(), huge()].into_iter().collect::<Chain<_>>().bytes_left(), (u64::MAX, None));
}

#[test]
fn streams_of_any_type_go_into_boxes_and_a_chain_into_another() {
    let mut parts = Chain::default();
    parts.push_boxed(stream!["one, "]);
    parts.push_boxed(FromIter::new(["two", ", "]));
    let mut outer: Chain<BoxByteStream<'_>> = Chain::default();
    outer.push_boxed(parts);
    outer.push(BoxByteStream::new(FromStream::new(futures::stream::iter(["three"]))));
    assert_eq!(drive(outer.into_box().collect_bytes()).unwrap(), "one, two, three");
}

#[test]
fn what_is_added_while_it_is_read_is_read_too() {
    let mut chain = Chain::default();
    chain.push(FromIter::new(vec!["one", "two"]));
    assert_eq!(take(&mut chain, usize::MAX), "one");
    chain.extend([FromIter::new(vec!["three"]), FromIter::new(vec!["four"])]);
    assert_eq!(drive((&mut chain).collect_bytes()).unwrap(), "twothreefour");
}

#[test]
fn the_end_is_final_whatever_is_added_after_it() {
    let mut chain = Chain::from_iter([stream!["one"]]);
    assert_eq!(take(&mut chain, usize::MAX), "one");
    assert_eq!(chain.state(), State::Ended);
    chain.push(stream!["late"]);
    assert_eq!((chain.state(), chain.bytes_left()), (State::Ended, (0, Some(0))));
    assert_eq!(drive((&mut chain).collect_bytes()).unwrap(), "");
}

#[test]
fn a_chain_without_a_stream_is_empty() {
    for through in Through::ALL {
        let mut empty: Source = Box::pin(Chain::<Bytes>::default());
        assert_eq!((empty.state(), empty.bytes_left()), (State::Ended, (0, Some(0))));
        assert_eq!(get(&mut empty, through, 1).got, Got::End);
        let (mut empty, _) = chain(Made::Late, Foreign::Stream, &[]);
        assert_eq!(get(&mut empty, through, 1).got, Got::End);
        assert_eq!(empty.state(), State::Ended);
    }
}

#[test]
fn a_run_of_empty_streams_yields() {
    const RUN: usize = 10_000;
    let lazy = |_| FromIter::new(std::iter::empty::<Bytes>());
    for through in [Through::Chunk, Through::Peek, Through::ReadInto] {
        let known: Source = Box::pin((0..RUN).map(lazy).collect::<Chain<_>>());
        let late: Source = Box::pin(Chain::new((0..RUN).map(lazy)));
        // These are over before they are asked.
        let over: Source = Box::pin(Chain::new((0..RUN).map(|_| Bytes::new())));
        for mut source in [known, late, over] {
            let _case = Telling::of(through);
            let (got, polls) = drive_counting(poll_fn(|cx| through.poll_get(source.as_mut(), cx, 1)));
            assert_eq!(got, Got::End);
            assert!(polls > RUN / 100, "{polls} polls");
        }
    }
}

#[test]
fn an_iterator_is_not_asked_after_its_end() {
    for through in Through::ALL {
        let mut streams = vec![Bytes::from("two"), Bytes::from("one")];
        let mut over = false;
        let asked = std::iter::from_fn(move || {
            assert!(!over, "an iterator was asked after its end");
            over = streams.is_empty();
            streams.pop()
        });
        let mut source: Source = Box::pin(Chain::new(asked));
        assert_eq!(drain(&mut source, through, 2).outcome().bytes, b"onetwo");
    }
}

#[test]
fn what_has_not_been_read_is_handed_back() {
    let mut chain = Chain::new((1..=3).map(|n| View::new(Bytes::from(format!("{n}{n}")))));
    assert_eq!(take(&mut chain, 1), "1");
    let (current, rest) = chain.into_parts();
    let rest: Vec<_> = current.into_iter().chain(rest).map(View::into_inner).collect();
    assert_eq!(rest, ["1", "22", "33"]);
}

#[test]
fn to_consume_more_than_was_lent_panics_before_and_after_the_end() {
    let mut chain = Chain::from_iter([stream!["one"]]);
    for _ in 0..2 {
        let panicked = catch_unwind(AssertUnwindSafe(|| {
            Pin::new(&mut chain).consume_peeked(4);
        }));
        assert!(panicked.is_err());
        let _ = drive((&mut chain).collect_bytes());
    }
}

#[test]
fn the_last_stream_is_dropped_when_its_trailers_have_been_taken() {
    let streams = Streams::default();
    let script = Script::chunks(&[1]).then(Step::Trailer("x-sum", "1"));
    let mut source: Source = Box::pin(Chain::from_iter([streams.make(Foreign::Body, &script)]));
    while get(&mut source, Through::Chunk, 1).got != Got::End {}
    assert_eq!((source.state(), streams.counts()), (State::Trailers, (1, 0)));
    assert_eq!(take_trailers(&mut source).unwrap()["x-sum"], "1");
    assert_eq!((source.state(), streams.counts()), (State::Ended, (1, 1)));
}
