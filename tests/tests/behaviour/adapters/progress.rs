//! A progress bar.

use std::io;

use byte_stream::adapter::Progress;
use byte_stream::{ByteStream, FromIter, Inspect, stream};
use byte_stream_tests::foreign::{Foreign, Pulls};
use byte_stream_tests::matrix::{self, Telling};
use byte_stream_tests::script::{Script, Step};
use byte_stream_tests::sources::{Source, adapt};
use byte_stream_tests::trace::{drain, drain_with, get};
use byte_stream_tests::views::{Got, Through};
use indicatif::{ProgressBar, ProgressFinish};

/// A bar that says "done" when it is finished, and not when it is abandoned.
fn bar() -> ProgressBar {
    ProgressBar::hidden().with_finish(ProgressFinish::WithMessage("done".into()))
}

fn metered(foreign: Foreign, script: &Script, bar: &ProgressBar) -> Source {
    let source = adapt(foreign, script, &Pulls::default());
    let progress = Progress::of(&source, bar.clone());
    Box::pin(Inspect::new(source, progress))
}

#[test]
fn the_bar_advances_by_what_the_consumer_gets() {
    for foreign in Foreign::ALL {
        for through in Through::ALL {
            let _case = Telling::of((foreign, through));
            let bar = bar();
            let mut source = metered(foreign, &matrix::small(), &bar);
            let mut came = 0;
            while let Got::Bytes(bytes) = get(&mut source, through, 7).got {
                came += bytes.len() as u64;
                // What is lent counts as delivered.
                assert!(bar.position() >= came);
            }
            assert_eq!((bar.position(), came), (matrix::small().len(), matrix::small().len()));
            assert_eq!((bar.is_finished(), bar.message()), (true, "done".into()));
        }
    }
}

#[test]
fn every_byte_is_counted_once_when_views_are_mixed() {
    let mut turn = 0;
    for foreign in Foreign::ALL {
        for _ in 0..50 {
            let bar = bar();
            let mut source = metered(foreign, &matrix::large(), &bar);
            drain_with(&mut source, || {
                turn += 1;
                (Through::ALL[turn % Through::ALL.len()], 1 + turn % 1000)
            });
            assert_eq!(bar.position(), matrix::large().len(), "{foreign:?}");
        }
    }
}

#[test]
fn the_bar_is_as_long_as_the_stream_where_that_is_known() {
    let known = bar().with_position(3);
    let _ = Progress::of(&stream!["hello"], known.clone());
    assert_eq!(known.length(), Some(8), "what it shows already counts");

    let unknown = bar();
    unknown.set_length(100);
    let _ = Progress::of(&FromIter::new(["hello"]), unknown.clone());
    assert_eq!(unknown.length(), Some(100));
    let _ = Progress::new(unknown.clone());
    assert_eq!(unknown.length(), Some(100));
}

#[test]
fn a_stream_that_fails_or_is_dropped_leaves_the_bar_where_it_was() {
    let failing = Script::chunks(&[5]).then(Step::Error(io::ErrorKind::ConnectionReset, "reset"));
    for foreign in Foreign::ALL {
        let bar = bar();
        bar.set_length(100);
        drain(&mut metered(foreign, &failing, &bar), Through::Stream, 1);
        let abandoned = (true, 5, String::new());
        assert_eq!((bar.is_finished(), bar.position(), bar.message()), abandoned, "{foreign:?}");
    }
    let bar = bar();
    let body = stream!["hello"];
    assert_eq!(body.bytes_left().0, 5);
    drop(Inspect::new(body, Progress::new(bar.clone())));
    assert_eq!((bar.is_finished(), bar.position(), bar.message()), (true, 0, String::new()));
}
