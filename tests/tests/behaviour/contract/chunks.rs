//! An empty chunk is nothing, and a run of nothing yields.

use std::iter::repeat_n;

use byte_stream_tests::foreign::{Foreign, Pulls};
use byte_stream_tests::matrix::{self, Telling, for_each_case};
use byte_stream_tests::script::{Script, Step};
use byte_stream_tests::sources::adapt;
use byte_stream_tests::trace::drain;
use byte_stream_tests::views::{Got, Through};

#[test]
fn what_comes_in_comes_out_of_every_source_through_every_view() {
    for_each_case(matrix::all(), |case| assert_eq!(case.drain().outcome(), case.promise()));
}

#[test]
fn an_empty_chunk_is_never_handed_out() {
    for_each_case(matrix::all(), |case| {
        for call in case.drain().all() {
            assert_ne!(call.got, Got::Bytes(Vec::new()));
        }
    });
}

#[test]
fn an_empty_chunk_is_not_the_end() {
    let script = Script::new([Step::EMPTY, Step::EMPTY, Step::Chunk("x".into())]);
    for_each_case([script], |case| assert_eq!(case.drain().calls[0].got, Got::Bytes(b"x".into())));
}

#[test]
fn a_run_of_empty_chunks_or_interruptions_yields_and_ends() {
    const RUN: usize = 10_000;
    // Who sends nothing is not asked again: it does so in its own time.
    for foreign in Foreign::ALL.into_iter().filter(|foreign| !foreign.is_pushed()) {
        let nothing = if foreign.is_reader() { Step::Interrupted } else { Step::EMPTY };
        let run = Script::new(repeat_n(nothing, RUN));
        let script = run.clone().then(Step::Chunk("x".into())).and(run);
        for through in Through::ALL {
            let _case = Telling::of((foreign, through));
            let trace = drain(&mut adapt(foreign, &script, &Pulls::default()), through, 7);
            assert_eq!(trace.outcome(), script.promise(foreign));
            let (first, last) = (&trace.calls[0], trace.calls.last().unwrap());
            // A buffered reader cannot be asked twice in one poll: what it lends would have to be given back.
            let most = if matches!(foreign, Foreign::BufRead | Foreign::FuturesBufRead) { RUN + 1 } else { RUN / 10 };
            assert!((2..=most).contains(&first.polls), "{} polls", first.polls);
            assert!(last.polls <= most, "{} polls", last.polls);
        }
    }
}
