//! Every adapter of ours keeps the contract, as the kit sees it.

use std::io;

use byte_stream::testing::{Conformance, Subject};
use byte_stream_tests::foreign::{Foreign, Pulls};
use byte_stream_tests::matrix::{self, Telling};
use byte_stream_tests::script::{Script, Step};
use byte_stream_tests::sources::Wrapped;
use byte_stream_tests::task;

#[test]
fn every_adapter_over_every_source_conforms() {
    const ROUNDS: u32 = 20;
    let reset = Step::Error(io::ErrorKind::ConnectionReset, "reset");
    let scripts = [
        Script::new([Step::EMPTY, Step::Pending, Step::EMPTY]),
        matrix::small().then(Step::Trailer("x-sum", "1")).then(Step::Pending),
        matrix::small().then(reset),
        Script::chunks(&[3]).then(Step::Interrupted).and(matrix::small()),
        matrix::large(),
    ];
    for script in scripts {
        for foreign in Foreign::for_script(&script) {
            for wrapped in Wrapped::over(foreign) {
                let _clock = wrapped.waits().then(task::clock);
                let _case = Telling::of((&script, foreign, wrapped));
                let open = || Subject::with_own_views(wrapped.open(foreign, &script, &Pulls::default()));
                Conformance::new(open, script.promise(foreign)).rounds(ROUNDS).run();
            }
        }
    }
}

#[test]
fn a_source_may_wake_the_task_that_reads_it_where_it_is_fed_by_that_task() {
    // The first of two channels ends, which wakes the reader; in the same poll the second goes to sleep.
    let script = Script::new([Step::Pending]);
    let open = || Subject::with_own_views(Wrapped::Sequence.open(Foreign::Channel, &script, &Pulls::default()));
    Conformance::new(open, "").run();
}
