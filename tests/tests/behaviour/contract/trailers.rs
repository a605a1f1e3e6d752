//! Trailers survive, wherever they come.

use std::io;

use byte_stream::{ByteStream, State};
use byte_stream_tests::foreign::{Foreign, Pulls};
use byte_stream_tests::matrix::{self, for_each_case};
use byte_stream_tests::script::{Script, Step};
use byte_stream_tests::sources::Wrapped;
use byte_stream_tests::trace::{drain, get, take_trailers};
use byte_stream_tests::views::{Got, Through};

/// Fields before, between and after the data, some of one name.
fn scattered() -> Script {
    Script::new([Step::Trailer("x-first", "1")])
        .and(Script::chunks(&[3]))
        .then(Step::Trailer("x-twice", "2"))
        .then(Step::Pending)
        .and(Script::chunks(&[5]))
        .then(Step::Trailer("x-twice", "3"))
        .then(Step::EMPTY)
}

#[test]
fn trailers_are_merged_wherever_they_come_and_the_data_after_them_is_delivered() {
    for_each_case([scattered()], |case| {
        if ![Wrapped::Chained, Wrapped::Sequence].contains(&case.wrapped) {
            assert_eq!(case.drain().outcome(), case.promise());
        }
    });
    let promise = scattered().promise(Foreign::Body);
    assert_eq!((promise.bytes.len(), promise.trailers.len()), (8, 3), "the promise says what the script does");
}

#[test]
fn a_frame_without_data_is_neither_a_chunk_nor_the_end() {
    let script = Script::new([Step::Trailer("x-early", "1"), Step::EMPTY, Step::Chunk("x".into())]);
    for foreign in [Foreign::Body, Foreign::SizedBody] {
        for through in Through::ALL {
            let mut source = Wrapped::Bare.open(foreign, &script, &Pulls::default());
            assert_eq!(get(&mut source, through, 7).got, Got::Bytes(b"x".into()), "{foreign:?} {through:?}");
        }
    }
}

#[test]
fn trailers_wait_in_a_state_of_their_own_and_are_taken_once() {
    let script = matrix::small().then(Step::Trailer("x-sum", "1"));
    for foreign in [Foreign::Body, Foreign::SizedBody] {
        for through in Through::ALL.into_iter().filter(|through| *through != Through::Body) {
            let mut source = Wrapped::Bare.open(foreign, &script, &Pulls::default());
            assert_eq!(take_trailers(&mut source), None, "there are none before the end of the bytes");
            while get(&mut source, through, 7).got != Got::End {}
            assert_eq!(source.state(), State::Trailers);
            assert!(!http_body::Body::is_end_stream(&source), "or nobody would ask for the trailers");
            let Got::Trailers(trailers) = get(&mut source, Through::Body, 7).got else { panic!("no trailers") };
            assert_eq!(trailers["x-sum"], "1");
            assert_eq!(source.state(), State::Ended);
            assert_eq!(get(&mut source, Through::Body, 7).got, Got::End);
            assert_eq!(take_trailers(&mut source), None);
        }
    }
}

#[test]
fn a_failed_body_has_no_trailers() {
    let script = scattered().then(Step::Error(io::ErrorKind::ConnectionReset, "reset"));
    for through in Through::ALL {
        let mut source = Wrapped::Bare.open(Foreign::Body, &script, &Pulls::default());
        let trace = drain(&mut source, through, 7);
        assert_eq!(trace.outcome(), script.promise(Foreign::Body));
        assert_eq!(source.state(), State::Failed);
    }
}

#[test]
fn a_body_of_trailers_alone_has_them() {
    let script = Script::new([Step::Trailer("x-only", "1")]);
    for foreign in [Foreign::Body, Foreign::SizedBody] {
        for through in Through::ALL {
            let trace = drain(&mut Wrapped::Bare.open(foreign, &script, &Pulls::default()), through, 7);
            assert_eq!(trace.outcome(), script.promise(foreign));
        }
    }
}
