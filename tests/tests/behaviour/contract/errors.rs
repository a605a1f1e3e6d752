//! An error comes once, whole, after all bytes before it.

use std::future::poll_fn;
use std::io;

use byte_stream::State;
use byte_stream_tests::foreign::{Foreign, Pulls};
use byte_stream_tests::matrix::{self, for_each_case, for_each_source};
use byte_stream_tests::script::{Payload, Script, Step};
use byte_stream_tests::sources::{Wrapped, adapt};
use byte_stream_tests::task::drive;
use byte_stream_tests::trace::drain;
use byte_stream_tests::views::{Got, Through};
use tokio::io::ReadBuf;

#[test]
fn an_error_is_reported_once_after_all_bytes_before_it() {
    for_each_case(matrix::bad(), |case| {
        let (trace, promise) = (case.drain(), case.promise());
        assert_eq!(trace.outcome(), promise);
        assert!(trace.afterwards.iter().all(|call| call.got == Got::End), "{:?}", trace.afterwards);
        if promise.failure.is_some() {
            assert_eq!(trace.calls.last().unwrap().after.state, State::Failed);
        }
    });
}

#[test]
fn a_call_that_returns_an_error_has_delivered_no_byte() {
    let script = matrix::small().then(Step::Error(io::ErrorKind::ConnectionReset, "reset"));
    for_each_source([script], |case, mut source| {
        let mut memory = [0; 64];
        let mut buf = ReadBuf::new(&mut memory);
        let error = loop {
            let filled = buf.filled().len();
            match drive(poll_fn(|cx| source.as_mut().poll_read_into(cx, &mut buf))) {
                Ok(()) => assert!(buf.filled().len() > filled, "no bytes, and no error either"),
                Err(error) => {
                    assert_eq!(buf.filled().len(), filled);
                    break error;
                }
            }
        };
        assert_eq!(error.kind(), io::ErrorKind::ConnectionReset);
        assert_eq!(buf.filled(), case.promise().bytes);
    });
}

#[test]
fn an_error_carries_its_payload_one_layer_deep() {
    for kind in [io::ErrorKind::ConnectionReset, io::ErrorKind::Interrupted] {
        for_each_source([Script::new([Step::Error(kind, "payload")])], |_, mut source| {
            let error = drive(poll_fn(|cx| source.as_mut().poll_chunk(cx, 1))).unwrap().unwrap_err();
            assert_eq!(error.downcast::<Payload>().unwrap(), Payload("payload"));
        });
    }
}

#[test]
fn an_eintr_of_a_reader_is_tried_again_and_never_seen() {
    let eintrs = Script::new([Step::Interrupted, Step::Pending, Step::Interrupted]);
    let script = eintrs.clone().and(matrix::small()).and(eintrs);
    for_each_case([script], |case| {
        if case.foreign.is_reader() {
            let outcome = case.drain().outcome();
            assert_eq!((outcome.failure, outcome.bytes), (None, case.promise().bytes));
        }
    });
}

#[test]
fn interrupted_with_a_payload_is_not_tried_again_and_leaves_as_other() {
    for_each_case([Script::new([Step::Error(io::ErrorKind::Interrupted, "a payload")])], |case| {
        let failure = case.drain().outcome().failure.unwrap();
        assert_eq!((failure.kind, failure.payload.as_str()), (io::ErrorKind::Other, "a payload"));
        // A sequence has asked the empty first half too.
        let asked = if [Wrapped::Chained, Wrapped::Sequence].contains(&case.wrapped) { 1..=2 } else { 1..=1 };
        assert!(asked.contains(&case.pulls.count()));
    });
}

#[test]
fn interrupted_from_anything_but_a_reader_is_an_error_that_nobody_tries_again() {
    for foreign in Foreign::ALL.into_iter().filter(|foreign| !foreign.is_reader()) {
        for through in Through::ALL {
            let pulls = Pulls::default();
            let mut source = adapt(foreign, &Script::new([Step::Interrupted]), &pulls);
            let failure = drain(&mut source, through, 7).outcome().failure.unwrap();
            assert_eq!((failure.kind, pulls.count()), (io::ErrorKind::Other, 1));
        }
    }
}
