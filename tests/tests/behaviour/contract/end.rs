//! The end is final.

use byte_stream::State;
use byte_stream_tests::matrix::{self, for_each_case};
use byte_stream_tests::trace::{drain, get, take_trailers};
use byte_stream_tests::views::{Got, Through};

#[test]
fn does_not_poll_after_the_end() {
    for_each_case(matrix::all(), |case| {
        let mut source = case.open();
        drain(&mut source, case.through, case.size);
        let pulls = case.pulls.count();
        drain(&mut source, case.through, case.size);
        assert_eq!(case.pulls.count(), pulls);
    });
}

#[test]
fn every_view_keeps_saying_end() {
    for_each_case(matrix::all(), |case| {
        let mut source = case.open();
        drain(&mut source, case.through, case.size);
        for through in Through::ALL {
            let call = get(&mut source, through, 7);
            assert_eq!(call.got, Got::End, "through {through:?}");
            assert_ne!(call.after.state, State::Open);
            assert!(call.after.is_terminated && call.after.is_end_stream);
        }
        assert_eq!(take_trailers(&mut source), None, "trailers are taken once");
    });
}

#[test]
fn once_the_end_is_reported_the_state_is_no_longer_open() {
    for_each_case(matrix::good(), |case| {
        for call in case.drain().all() {
            assert!(call.got != Got::End || call.after.state != State::Open, "{call:?}");
        }
    });
}

#[test]
fn a_view_is_over_as_the_state_says() {
    for_each_case(matrix::all(), |case| {
        for says in case.drain().all().flat_map(|call| [call.before, call.after]) {
            assert_eq!(says.is_terminated, says.state != State::Open);
            assert_eq!(says.is_end_stream, matches!(says.state, State::Ended | State::Failed));
        }
    });
}
