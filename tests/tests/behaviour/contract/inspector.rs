//! An inspector sees every byte exactly once, in order, whichever views are used, before the consumer does.

use std::io;
use std::panic::catch_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use byte_stream::adapter::Outcome;
use byte_stream::{ByteStream, ByteStreamExt, FromIter, Inspect, Inspector, State, stream};
use byte_stream_tests::foreign::{Foreign, Pulls};
use byte_stream_tests::matrix::{self, Telling};
use byte_stream_tests::script::Script;
use byte_stream_tests::sources::{Source, adapt};
use byte_stream_tests::trace::{drain, drain_with, get};
use byte_stream_tests::views::{Got, Through};
use futures::executor::block_on;
use http_body::Body;

/// What an inspector was shown and told.
#[derive(Clone, Default)]
struct Notes(Arc<Mutex<(Vec<u8>, Vec<String>)>>);

impl Notes {
    fn bytes(&self) -> Vec<u8> {
        self.0.lock().unwrap().0.clone()
    }

    fn told(&self) -> Vec<String> {
        self.0.lock().unwrap().1.clone()
    }
}

/// Takes notes; refuses the byte `refuses`, and judges if there is a `verdict`.
#[derive(Clone, Default)]
struct Scribe {
    notes: Notes,
    refuses: Option<u8>,
    verdict: Option<&'static str>,
}

impl Inspector for Scribe {
    fn bytes(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.notes.0.lock().unwrap().0.extend_from_slice(bytes);
        match self.refuses {
            Some(byte) if bytes.contains(&byte) => Err(io::Error::other("refused")),
            _ => Ok(()),
        }
    }

    fn has_verdict(&self) -> bool {
        self.verdict.is_some()
    }

    fn verdict(&mut self) -> io::Result<()> {
        match self.verdict {
            Some("good") | None => Ok(()),
            Some(bad) => Err(io::Error::new(io::ErrorKind::InvalidData, bad)),
        }
    }

    fn end(&mut self, outcome: &Outcome<'_>) {
        self.notes.0.lock().unwrap().1.push(match outcome {
            Outcome::Complete => "complete".to_owned(),
            Outcome::Failed(error) => format!("failed: {error}"),
            Outcome::Dropped => "dropped".to_owned(),
            _ => unreachable!(),
        });
    }
}

fn for_each_inspected(script: &Script, scribe: &Scribe, mut test: impl FnMut(&mut Source, Notes, Through, usize)) {
    for foreign in Foreign::ALL {
        for through in Through::ALL {
            for size in [1, 3, 7, 4096] {
                let _case = Telling::of((foreign, through, size, script.clone()));
                let scribe = Scribe { notes: Notes::default(), ..scribe.clone() };
                let notes = scribe.notes.clone();
                let inner = adapt(foreign, script, &Pulls::default());
                let mut source: Source = Box::pin(Inspect::new(inner, scribe));
                test(&mut source, notes, through, size);
            }
        }
    }
}

#[test]
fn every_byte_is_shown_once_in_order_before_the_consumer_sees_it() {
    for verdict in [None, Some("good")] {
        let scribe = Scribe { verdict, ..Scribe::default() };
        for_each_inspected(&matrix::small(), &scribe, |source, notes, through, size| {
            let mut seen = Vec::new();
            loop {
                match get(source, through, size).got {
                    Got::Bytes(bytes) => seen.extend_from_slice(&bytes),
                    _ => break,
                }
                assert!(notes.bytes().starts_with(&seen), "the consumer was first");
            }
            assert_eq!(notes.bytes(), seen);
            assert_eq!(seen.len() as u64, matrix::small().len());
            assert_eq!(notes.told(), ["complete"]);
        });
    }
}

#[test]
fn every_byte_is_shown_once_when_views_are_mixed() {
    let mut turn = 0;
    for_each_inspected(&matrix::large(), &Scribe::default(), |source, notes, _, _| {
        let trace = drain_with(source, || {
            turn += 1;
            (Through::ALL[turn % Through::ALL.len()], 1 + turn % 1000)
        });
        assert_eq!(notes.bytes(), trace.outcome().bytes);
    });
}

#[test]
fn the_end_is_told_with_the_last_byte_if_the_source_knows_it() {
    let scribe = Scribe::default();
    let mut body = Inspect::new(stream!["hello"], scribe.clone());
    let chunk = block_on(futures::StreamExt::next(&mut body)).unwrap().unwrap();
    assert_eq!((chunk.as_ref(), body.state()), (&b"hello"[..], State::Ended));
    assert_eq!(scribe.notes.told(), ["complete"]);
    drop(body);
    assert_eq!(scribe.notes.told(), ["complete"], "once");
}

#[test]
fn a_verdict_may_fail_the_stream_in_place_of_its_end_and_withholds_the_length() {
    let scribe = Scribe { verdict: Some("wrong digest"), ..Scribe::default() };
    let mut body: Source = Box::pin(Inspect::new(stream!["hello"], scribe.clone()));
    assert_eq!(body.bytes_left(), (5, None));
    let outcome = drain(&mut body, Through::Stream, 1).outcome();
    assert_eq!((&outcome.bytes[..], outcome.failure.unwrap().kind), (&b"hello"[..], io::ErrorKind::InvalidData));
    assert_eq!(scribe.notes.told(), ["failed: wrong digest"]);
}

#[test]
fn a_piece_that_is_refused_is_withheld_whole() {
    let script = Script::chunks(&[4, 4]);
    let scribe = Scribe { refuses: Some(5), ..Scribe::default() };
    for_each_inspected(&script, &scribe, |source, notes, through, size| {
        let outcome = drain(source, through, size).outcome();
        assert!(outcome.bytes.len() < 6 && outcome.bytes.iter().all(|byte| *byte < 5), "{:?}", outcome.bytes);
        assert!(outcome.failure.is_some());
        assert_eq!(notes.told(), ["failed: refused"]);
    });
}

#[test]
fn a_failure_of_the_source_and_a_drop_are_told_apart() {
    let scribe = Scribe::default();
    let body = Inspect::new(FromIter::new([Ok("a"), Err("broken")]), scribe.clone());
    assert!(block_on(body.collect_bytes()).is_err());
    let body = Inspect::new(stream!["a", "b"], scribe.clone());
    drop(body);
    let (_, inspector) = Inspect::new(stream!["a"], scribe.clone()).into_parts();
    drop(inspector);
    let mut empty = Inspect::new(stream![], scribe.clone());
    assert!(empty.is_end_stream());
    assert!(block_on(futures::StreamExt::next(&mut empty)).is_none());
    assert_eq!(scribe.notes.told(), ["failed: broken", "dropped", "complete"]);
}

/// Has no trailers to add.
struct Spoils;

impl Inspector for Spoils {
    fn bytes(&mut self, _: &[u8]) -> io::Result<()> {
        Ok(())
    }

    fn adds_trailers(&self) -> bool {
        true
    }

    fn trailers(&mut self, _: byte_stream::Trailers) -> io::Result<byte_stream::Trailers> {
        Err(io::Error::other("spoiled"))
    }
}

#[test]
fn an_error_in_the_place_of_trailers_fails_the_stream() {
    let mut body = Inspect::new(stream!["hello"], Spoils);
    let mut frames = Vec::new();
    while let Some(frame) = block_on(http_body_util::BodyExt::frame(&mut body)) {
        frames.push(frame.map_err(|error| error.to_string()));
    }
    assert!(frames[0].as_ref().unwrap().is_data());
    assert_eq!((frames.len(), frames[1].as_ref().unwrap_err().as_str()), (2, "spoiled"));
    assert_eq!((body.state(), body.is_end_stream()), (State::Failed, true));
}

/// Sends the number of bytes as a trailer.
#[derive(Default)]
struct Sum(usize);

impl Inspector for Sum {
    fn bytes(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.0 += bytes.len();
        Ok(())
    }

    fn adds_trailers(&self) -> bool {
        true
    }

    fn trailers(&mut self, mut trailers: byte_stream::Trailers) -> io::Result<byte_stream::Trailers> {
        trailers.merge(http::HeaderMap::from_iter([("x-sum".parse().unwrap(), self.0.into())]));
        Ok(trailers)
    }
}

#[test]
fn an_inspector_may_add_trailers_also_to_a_stream_that_has_none() {
    let plain = Inspect::new(stream!["hello"], Sum::default());
    let collected = block_on(http_body_util::BodyExt::collect(plain)).unwrap();
    assert_eq!(collected.trailers().unwrap()["x-sum"], "5");
    assert_eq!(collected.to_bytes(), "hello");
}

#[test]
fn a_stream_to_which_an_inspector_adds_trailers_does_not_say_where_it_ends() {
    let mut summed = Inspect::new(stream!["hello"], Sum::default());
    assert_eq!(summed.bytes_left(), (5, None));
    assert_eq!(block_on((&mut summed).collect_bytes()).unwrap(), "hello");
    assert_eq!((summed.state(), summed.bytes_left()), (State::Trailers, (0, Some(0))));
}

#[test]
fn an_end_that_panics_has_been_told_once() {
    /// Panics whenever it hears of an end: twice in a row would abort.
    #[derive(Default)]
    struct Panics(Arc<AtomicUsize>);

    impl Inspector for Panics {
        fn bytes(&mut self, _: &[u8]) -> io::Result<()> {
            Ok(())
        }

        fn end(&mut self, outcome: &Outcome<'_>) {
            self.0.fetch_add(1, Ordering::Relaxed);
            panic!("told of {outcome:?}");
        }
    }

    for last in [Ok("b"), Err("broken")] {
        let panics = Panics::default();
        let told = Arc::clone(&panics.0);
        let panicked =
            catch_unwind(move || block_on(Inspect::new(FromIter::new([Ok("a"), last]), panics).collect_bytes()));
        assert_eq!((panicked.is_err(), told.load(Ordering::Relaxed)), (true, 1));
    }
}
