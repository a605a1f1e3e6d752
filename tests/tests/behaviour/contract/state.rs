//! The state is the one truth about the end.

use byte_stream::State;
use byte_stream_tests::matrix::{self, for_each_case};

fn may_become(before: State, after: State) -> bool {
    match before {
        State::Open => true,
        State::Trailers => matches!(after, State::Trailers | State::Ended),
        State::Ended | State::Failed => after == before,
    }
}

#[test]
fn the_state_never_goes_back() {
    for_each_case(matrix::all(), |case| {
        let mut last = State::Open;
        for state in case.drain().all().flat_map(|call| [call.before.state, call.after.state]) {
            assert!(may_become(last, state), "from {last:?} to {state:?}");
            last = state;
        }
    });
}

#[test]
fn a_good_end_and_a_failure_are_told_apart() {
    for_each_case(matrix::all(), |case| {
        let expected = if case.promise().failure.is_some() { State::Failed } else { State::Ended };
        assert_eq!(case.drain().afterwards.last().unwrap().after.state, expected);
    });
}

#[test]
fn what_is_not_open_has_no_bytes_left() {
    for_each_case(matrix::all(), |case| {
        for says in case.drain().all().flat_map(|call| [call.before, call.after]) {
            assert!(says.state == State::Open || says.left == (0, Some(0)), "{says:?}");
        }
    });
}
