//! What a stream holds goes with its bytes.

use std::io;
use std::sync::{Arc, Mutex};

use byte_stream::adapter::{Holding, Outcome};
use byte_stream::{ByteStream, ByteStreamExt, FromIter, State, stream};
use byte_stream_tests::foreign::{Foreign, Pulls};
use byte_stream_tests::matrix::{self, Telling};
use byte_stream_tests::script::Step;
use byte_stream_tests::sources::{Source, adapt};
use byte_stream_tests::task::drive;
use byte_stream_tests::trace::{get, take_trailers};
use byte_stream_tests::views::{Got, Through};
use futures_util::StreamExt;

fn is_held<T>(guard: &Arc<T>) -> bool {
    Arc::strong_count(guard) > 1
}

/// What was told, in order.
#[derive(Clone, Default)]
struct Told(Arc<Mutex<Vec<String>>>);

impl Told {
    fn tell(&self, what: impl Into<String>) {
        self.0.lock().unwrap().push(what.into());
    }

    fn all(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }

    fn on_end(&self) -> impl FnOnce(&Outcome<'_>) + Send + use<> {
        let told = self.clone();
        move |outcome| {
            told.tell(match outcome {
                Outcome::Complete => "complete".to_owned(),
                Outcome::Failed(error) => format!("failed: {error}"),
                Outcome::Dropped => "dropped".to_owned(),
                _ => unreachable!(),
            });
        }
    }
}

#[test]
fn the_guard_goes_in_the_call_that_ends_the_stream_or_fails_it() {
    for script in matrix::all() {
        for foreign in Foreign::ALL {
            for through in Through::ALL {
                let _case = Telling::of((&script, foreign, through));
                let (guard, told) = (Arc::new(()), Told::default());
                let plain = Holding::new(adapt(foreign, &script, &Pulls::default()), Arc::clone(&guard));
                let mut source: Source = Box::pin(Holding::on_end(plain, told.on_end()));
                loop {
                    let call = get(&mut source, through, 7);
                    assert_eq!(is_held(&guard), call.after.state == State::Open);
                    assert_eq!(told.all().is_empty(), call.after.state == State::Open);
                    if matches!(call.got, Got::End | Got::Error(_)) {
                        break;
                    }
                }
                drop(source);
                let failure = script.promise(foreign).failure;
                let expected = failure.map_or("complete".into(), |failure| format!("failed: {}", failure.payload));
                assert_eq!(told.all(), [expected], "once");
            }
        }
    }
}

#[test]
fn the_guard_goes_with_the_last_byte_if_the_stream_knows_it_and_the_value_may_stay() {
    let guard = Arc::new(());
    let mut stream = Holding::new(stream!["hello", "world"], Arc::clone(&guard));
    assert_eq!(drive(stream.next()).unwrap().unwrap(), "hello");
    assert!(is_held(&guard) && stream.guard().is_some());
    assert_eq!(drive(stream.next()).unwrap().unwrap(), "world");
    assert!(!is_held(&guard) && stream.guard().is_none());
    assert_eq!(stream.state(), State::Ended);
}

#[test]
fn a_stream_that_has_ended_already_holds_nothing() {
    let guard = Arc::new(());
    let _stream = Holding::new(stream![], Arc::clone(&guard));
    assert!(!is_held(&guard));
}

#[test]
fn an_error_and_a_drop_are_told_apart() {
    let told = Told::default();
    let failing = Holding::on_end(FromIter::new([Ok("a"), Err("broken")]), told.on_end());
    assert!(drive(failing.collect_bytes()).is_err());
    drop(Holding::on_end(stream!["a"], told.on_end()));
    assert_eq!(drive(Holding::on_end(stream!["b"], told.on_end()).into_inner().collect_bytes()).unwrap(), "b");
    assert_eq!(told.all(), ["failed: broken", "dropped", "dropped"]);
}

#[test]
fn what_is_taken_apart_keeps_its_guard_and_is_told_nothing() {
    let (guard, told) = (Arc::new(()), Told::default());
    let (stream, kept) = Holding::new(stream!["a"], Arc::clone(&guard)).into_parts();
    assert!(is_held(&guard));
    drop(kept);
    let (stream, end) = Holding::on_end(stream, told.on_end()).into_parts();
    drop((stream, end));
    assert!(told.all().is_empty());
}

#[test]
fn a_stream_that_is_dropped_goes_before_its_guard() {
    struct Bell(&'static str, Told);

    impl Drop for Bell {
        fn drop(&mut self) {
            self.1.tell(self.0);
        }
    }

    let told = Told::default();
    let bell = Bell("the stream", told.clone());
    let source = FromIter::new(std::iter::from_fn(move || {
        let _bell = &bell;
        Some("a")
    }));
    drop(Holding::new(source, Bell("the guard", told.clone())));
    assert_eq!(told.all(), ["the stream", "the guard"]);
}

#[test]
fn trailers_come_after_the_guard_has_gone() {
    let guard = Arc::new(());
    let script = matrix::small().then(Step::Trailer("x-sum", "1"));
    let body = adapt(Foreign::Body, &script, &Pulls::default());
    let mut source: Source = Box::pin(Holding::new(body, Arc::clone(&guard)));
    while get(&mut source, Through::Chunk, 100).got != Got::End {}
    assert!(!is_held(&guard));
    assert_eq!(source.state(), State::Trailers);
    assert_eq!(take_trailers(&mut source).unwrap()["x-sum"], "1");
}

#[test]
fn a_length_that_was_announced_is_not_withheld() {
    let script = matrix::small();
    let source = Holding::new(adapt(Foreign::SizedBody, &script, &Pulls::default()), io::empty());
    assert_eq!(source.bytes_left(), (script.len(), Some(script.len())));
}
