//! Nobody sleeps who is not woken, and nobody is woken for nothing.

use byte_stream_tests::foreign::Foreign;
use byte_stream_tests::matrix::{self, for_each_case};
use byte_stream_tests::script::Step;

#[test]
fn pending_is_returned_only_with_the_current_tasks_waker_registered() {
    // Every poll of a drain has a waker of its own, and fails if it is `Pending` and that waker does not come back.
    for_each_case([matrix::small(), matrix::large()], |case| {
        let was_pending = case.drain().calls.iter().any(|call| call.polls > 1);
        assert_eq!(was_pending, case.foreign.waits());
    });
}

#[test]
fn nothing_wakes_itself_but_for_a_run_of_nothing() {
    for_each_case(matrix::all(), |case| {
        let waits = |step: &&Step| match step {
            Step::Pending => case.foreign.waits(),
            // A buffered reader is asked again in the task's next turn.
            Step::Interrupted => matches!(case.foreign, Foreign::BufRead | Foreign::FuturesBufRead),
            _ => false,
        };
        let waits = case.script.steps.iter().filter(waits).count();
        let pending: usize = case.drain().calls.iter().map(|call| call.polls - 1).sum();
        assert!(pending <= waits, "{pending} times `Pending` for {waits} reasons");
    });
}
