//! The conformance kit neither blames what is right nor calls a fault by another name.

use std::io;
use std::iter::repeat_n;
use std::pin::Pin;
use std::task::{Context, Poll};

use byte_stream::testing::{Conformance, Expected, Fault, Line, Subject, conformance};
use byte_stream::{ByteStream, ByteStreamViews, FromStream, State, StreamLiteral, Trailers, stream};
use bytes::Bytes;
use futures_util::stream::{iter, select};
use http::{HeaderMap, HeaderName, HeaderValue};

/// A good stream, but for one thing.
#[derive(ByteStreamViews)]
struct Odd {
    stream: StreamLiteral<3>,
    trailers: Option<Trailers>,
    /// Chunks of this size are wrong.
    wrong_at: Option<usize>,
    panics_at: Option<usize>,
    gives_trailers_early: bool,
}

const THREE: StreamLiteral<3> = stream!["a chunk of many bytes ", pending, "and another one of many bytes"];
const ALL: &str = "a chunk of many bytes and another one of many bytes";

impl Odd {
    fn new() -> Self {
        let field = (HeaderName::from_static("x-sum"), HeaderValue::from_static("1"));
        Odd {
            stream: THREE,
            trailers: Some(HeaderMap::from_iter([field]).into()),
            wrong_at: None,
            panics_at: None,
            gives_trailers_early: false,
        }
    }
}

impl ByteStream for Odd {
    fn poll_chunk(mut self: Pin<&mut Self>, cx: &mut Context<'_>, max: usize) -> Poll<Option<io::Result<Bytes>>> {
        assert_ne!(self.panics_at, Some(max), "this size is not liked");
        let polled = Pin::new(&mut self.stream).poll_chunk(cx, max);
        match polled {
            Poll::Ready(Some(Ok(chunk))) if self.wrong_at == Some(max) => {
                Poll::Ready(Some(Ok(vec![b'?'; chunk.len()].into())))
            }
            polled => polled,
        }
    }

    fn poll_peek(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<&[u8]>> {
        Pin::new(&mut self.get_mut().stream).poll_peek(cx)
    }

    fn consume_peeked(mut self: Pin<&mut Self>, n: usize) {
        Pin::new(&mut self.stream).consume_peeked(n);
    }

    fn state(&self) -> State {
        match self.stream.state() {
            State::Ended if self.trailers.is_some() => State::Trailers,
            state => state,
        }
    }

    fn bytes_left(&self) -> (u64, Option<u64>) {
        self.stream.bytes_left()
    }

    fn poll_trailers(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<io::Result<Trailers>>> {
        let may = self.gives_trailers_early || self.state() == State::Trailers;
        Poll::Ready(if may { self.trailers.take().map(Ok) } else { None })
    }
}

fn fault_of(make: impl Fn() -> Odd) -> Fault {
    Conformance::new(make, ALL).check().expect_err("there is something wrong with it")
}

#[test]
fn a_stream_with_trailers_passes() {
    conformance(Odd::new, Expected::new(ALL).with_trailers(Odd::new().trailers.unwrap()));
}

#[test]
fn a_source_that_yields_beside_one_that_sleeps_does_not_wake_itself() {
    let asleep = || stream![pending * 3, "a", pending].raw_stream();
    let barren = || stream![b"" * 40, pending, b"" * 70].raw_stream();
    conformance(|| FromStream::new(select(asleep(), barren())), "a");
    conformance(|| FromStream::new(select(barren(), asleep())), "a");
}

#[test]
fn a_long_stream_of_small_chunks_has_an_end() {
    const LENGTH: usize = 1_000_001;
    let stream = || Subject::stream(iter(repeat_n("x", LENGTH)));
    Conformance::new(stream, vec![b'x'; LENGTH]).rounds(0).run();
}

#[test]
fn a_stream_that_another_thread_wakes_is_not_lost() {
    let stream = || {
        let (mut sender, receiver) = futures::channel::mpsc::channel(0);
        std::thread::spawn(move || {
            for letter in ["a", "b", "c"] {
                if futures::executor::block_on(futures::SinkExt::send(&mut sender, letter)).is_err() {
                    return;
                }
            }
        });
        Subject::stream(receiver)
    };
    Conformance::new(stream, "abc").rounds(10).run();
}

#[test]
fn what_is_wrong_in_one_way_by_itself_is_not_called_mixed() {
    // This size is not among those that each way is tried with by itself.
    let fault = fault_of(|| Odd { wrong_at: Some(16), ..Odd::new() });
    assert_eq!((fault.line(), format!("{:?}", fault.calls())), (Line::Content, "[Chunk(16)]".into()));
}

#[test]
fn trailers_before_the_end_of_the_bytes_are_a_fault() {
    let fault = fault_of(|| Odd { gives_trailers_early: true, ..Odd::new() });
    assert_eq!((fault.line(), format!("{:?}", fault.calls())), (Line::End, "[Chunk(1) twice]".into()));
}

#[test]
fn a_fault_says_what_came_and_what_was_expected() {
    let said = fault_of(|| Odd { wrong_at: Some(7), ..Odd::new() }).to_string();
    assert!(said.contains("at offset 0 came \"???????\" (7 bytes) where \"a chunk\" (7 bytes) was expected"), "{said}");
    let short = Conformance::new(|| Subject::stream(iter(["a"])), "ab").check().unwrap_err().to_string();
    assert!(short.contains("it ended after 1 of 2 bytes\n  when it is read to its end\n"), "{short}");
}

#[test]
fn a_panic_is_told_with_its_place() {
    let said = fault_of(|| Odd { panics_at: Some(7), ..Odd::new() }).to_string();
    assert!(said.contains("this size is not liked") && said.contains("verdicts.rs:"), "{said}");
}
