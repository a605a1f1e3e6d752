//! The conformance kit finds a fault that was planted, and names the line that it breaks.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, Waker, ready};

use byte_stream::testing::{Conformance, Expected, Line, Log, RawStream};
use byte_stream::{ByteStream, ByteStreamViews, Inspector, State, StreamLiteral, stream};
use bytes::{Buf, Bytes};
use futures_util::Stream;
use tokio::io::ReadBuf;

/// What is wrong with a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Plant {
    Nothing,
    HandsOutAnEmptyChunk,
    GoesThroughEmptyChunksWithoutAYield,
    LosesTheLastByte,
    PollsAfterTheEnd,
    StaysOpenAfterTheEnd,
    ReportsAnErrorTwice,
    EndsWhereItFails,
    DeliversBytesWithAnError,
    TriesAStreamAgain,
    PollsForAnEmptyBuffer,
    ForgetsWhatWasLentWhenAChunkIsTaken,
    LosesAChunkWithADroppedFuture,
    ClearsTheBuffer,
    CopiesAChunk,
    HandsOutMoreThanWasAskedFor,
    LendsOtherBytesTheSecondTime,
    ConsumesMoreThanWasLent,
    KeepsAnotherWaker,
    WakesItself,
    AnnouncesOneByteMore,
    AnnouncesOneByteLess,
    SaysThatItEndedWhereItFailed,
    GoesBackToOpen,
    ShowsBytesWhenTheyAreConsumed,
    ShowsBytesTwice,
    KeepsItsChunks,
    Panics,
}

/// A stream over a raw one, in its simplest form, and something wrong with it.
#[derive(ByteStreamViews)]
struct Planted<H> {
    plant: Plant,
    source: RawStream,
    hook: H,
    left: u64,
    rest: Bytes,
    state: State,
    error: Option<io::Error>,
    kept: Vec<Bytes>,
    pending: usize,
    peeks: usize,
    a_chunk_was_waited_for: bool,
    went_back: bool,
}

impl<H: Inspector + Unpin> Planted<H> {
    fn new(plant: Plant, source: RawStream, length: u64, hook: H) -> Self {
        let left = match plant {
            Plant::AnnouncesOneByteMore => length + 1,
            Plant::AnnouncesOneByteLess => length - 1,
            _ => length,
        };
        Planted {
            plant,
            source,
            hook,
            left,
            rest: Bytes::new(),
            state: State::Open,
            error: None,
            kept: Vec::new(),
            pending: 0,
            peeks: 0,
            a_chunk_was_waited_for: false,
            went_back: false,
        }
    }

    /// Fills the rest, unless it is over.
    fn poll_rest(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let mut empty = 0;
        while self.rest.is_empty() && (self.state == State::Open || self.plant == Plant::PollsAfterTheEnd) {
            let mut noop = Context::from_waker(Waker::noop());
            let inner = if self.plant == Plant::KeepsAnotherWaker { &mut noop } else { &mut *cx };
            let Poll::Ready(item) = Pin::new(&mut self.source).poll_next(inner) else {
                self.pending += 1;
                if self.plant == Plant::WakesItself {
                    cx.waker().wake_by_ref();
                }
                return Poll::Pending;
            };
            match item {
                Some(Ok(chunk)) if chunk.is_empty() => {
                    empty += 1;
                    if empty % 32 == 0 && self.plant != Plant::GoesThroughEmptyChunksWithoutAYield {
                        cx.waker().wake_by_ref();
                        return Poll::Pending;
                    }
                }
                Some(Ok(chunk)) => {
                    if self.plant == Plant::KeepsItsChunks {
                        self.kept.push(chunk.clone());
                    }
                    self.rest = chunk;
                    if self.plant == Plant::CopiesAChunk {
                        self.rest = Bytes::copy_from_slice(&self.rest);
                    }
                    if self.plant == Plant::LosesTheLastByte && self.left == self.rest.len() as u64 {
                        self.rest.truncate(self.rest.len() - 1);
                    }
                    if self.plant == Plant::Panics && self.rest.contains(&b'x') {
                        panic!("there is an x in it");
                    }
                    if self.plant != Plant::ShowsBytesWhenTheyAreConsumed {
                        self.hook.bytes(&self.rest)?;
                    }
                    if self.plant == Plant::ShowsBytesTwice && self.pending > 0 {
                        self.hook.bytes(&self.rest)?;
                    }
                }
                Some(Err(error)) => return self.failed(error),
                None => self.state = State::Ended,
            }
        }
        match &self.error {
            Some(error) if self.plant == Plant::ReportsAnErrorTwice => Poll::Ready(Err(error.kind().into())),
            _ => Poll::Ready(Ok(())),
        }
    }

    fn failed(&mut self, error: io::Error) -> Poll<io::Result<()>> {
        let is_interrupted = error.kind() == io::ErrorKind::Interrupted;
        if self.plant == Plant::TriesAStreamAgain && is_interrupted {
            self.state = State::Ended;
            return Poll::Ready(Ok(()));
        }
        self.error = Some(io::Error::from(error.kind()));
        self.state = if self.plant == Plant::SaysThatItEndedWhereItFailed { State::Ended } else { State::Failed };
        if self.plant == Plant::EndsWhereItFails {
            self.state = State::Ended;
            return Poll::Ready(Ok(()));
        }
        Poll::Ready(Err(if is_interrupted { io::Error::other(error) } else { error }))
    }

    fn taken(&mut self, n: usize) {
        self.left = self.left.saturating_sub(n as u64);
        if self.rest.is_empty() {
            // An empty part of a chunk still holds all of it.
            self.rest = Bytes::new();
        }
    }
}

impl<H: Inspector + Unpin> ByteStream for Planted<H> {
    fn poll_chunk(mut self: Pin<&mut Self>, cx: &mut Context<'_>, max: usize) -> Poll<Option<io::Result<Bytes>>> {
        if self.plant == Plant::ForgetsWhatWasLentWhenAChunkIsTaken && self.peeks > 0 {
            self.rest = Bytes::new();
            self.peeks = 0;
        }
        if self.plant == Plant::HandsOutAnEmptyChunk && self.pending == 0 {
            self.pending += 1;
            return Poll::Ready(Some(Ok(Bytes::new())));
        }
        let polled = self.poll_rest(cx);
        self.a_chunk_was_waited_for = polled.is_pending();
        if let Err(error) = ready!(polled) {
            return Poll::Ready(Some(Err(error)));
        }
        if self.rest.is_empty() {
            return Poll::Ready(None);
        }
        let most = if self.plant == Plant::HandsOutMoreThanWasAskedFor { usize::MAX } else { max };
        let n = self.rest.len().min(most);
        let chunk = self.rest.split_to(n);
        self.taken(n);
        if self.plant == Plant::ShowsBytesWhenTheyAreConsumed {
            self.hook.bytes(&chunk)?;
        }
        Poll::Ready(Some(Ok(chunk)))
    }

    fn poll_peek(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<&[u8]>> {
        self.peeks += 1;
        if self.plant == Plant::LendsOtherBytesTheSecondTime && self.peeks.is_multiple_of(2) && self.rest.len() > 1 {
            let all = self.get_mut().rest.len();
            return Poll::Ready(Ok(&[b'?'; 64][..all.min(64)]));
        }
        self.went_back = self.plant == Plant::GoesBackToOpen && self.state == State::Ended;
        ready!(self.poll_rest(cx))?;
        if self.plant == Plant::LosesAChunkWithADroppedFuture && self.a_chunk_was_waited_for {
            self.a_chunk_was_waited_for = false;
            self.rest = Bytes::new();
            ready!(self.poll_rest(cx))?;
        }
        Poll::Ready(Ok(&self.get_mut().rest))
    }

    fn consume_peeked(mut self: Pin<&mut Self>, n: usize) {
        self.peeks = 0;
        let n = if self.plant == Plant::ConsumesMoreThanWasLent { n.min(self.rest.len()) } else { n };
        if self.plant == Plant::ShowsBytesWhenTheyAreConsumed {
            let shown = self.rest.slice(..n);
            self.hook.bytes(&shown).unwrap();
        }
        self.rest.advance(n);
        self.taken(n);
    }

    fn poll_read_into(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        if buf.remaining() == 0 && self.plant != Plant::PollsForAnEmptyBuffer {
            return Poll::Ready(Ok(()));
        }
        let done = ready!(self.poll_rest(cx));
        if self.plant == Plant::DeliversBytesWithAnError && done.is_err() && buf.remaining() > 0 {
            buf.put_slice(b"!");
        }
        done?;
        if self.plant == Plant::ClearsTheBuffer {
            buf.clear();
        }
        let n = self.rest.len().min(buf.remaining());
        buf.put_slice(&self.rest[..n]);
        self.consume_peeked(n);
        Poll::Ready(Ok(()))
    }

    fn state(&self) -> State {
        match self.state {
            State::Ended if self.plant == Plant::StaysOpenAfterTheEnd => State::Open,
            State::Ended | State::Failed if !self.rest.is_empty() => State::Open,
            State::Ended if self.went_back => State::Open,
            state => state,
        }
    }

    fn bytes_left(&self) -> (u64, Option<u64>) {
        match self.state() {
            State::Open => (self.left, Some(self.left)),
            _ => (0, Some(0)),
        }
    }
}

const GOOD: StreamLiteral<9> = stream![b"", "one, ", pending, b"", "two and ", pending, "six", pending, b""];
const BAD: StreamLiteral<4> = stream!["one, ", pending, "two", error(ConnectionReset)];
const INTERRUPTED: StreamLiteral<3> = stream!["one", pending, error(Interrupted)];

/// What the kit says of a stream that has this planted.
fn found(plant: Plant) -> Option<Line> {
    match plant {
        Plant::ReportsAnErrorTwice
        | Plant::EndsWhereItFails
        | Plant::DeliversBytesWithAnError
        | Plant::SaysThatItEndedWhereItFailed => failing(plant),
        Plant::TriesAStreamAgain => interrupted(plant),
        Plant::GoesThroughEmptyChunksWithoutAYield => barren(plant),
        Plant::CopiesAChunk | Plant::HandsOutMoreThanWasAskedFor => in_place(plant),
        _ => good(plant),
    }
}

fn good(plant: Plant) -> Option<Line> {
    let stream = move |log: &Log| Planted::new(plant, GOOD.raw_stream(), 16, log.inspector());
    line_of(Conformance::inspected(stream, "one, two and six"))
}

fn failing(plant: Plant) -> Option<Line> {
    let expected = Expected::new("one, two").failing(io::ErrorKind::ConnectionReset);
    line_of(Conformance::new(move || Planted::new(plant, BAD.raw_stream(), 8, Deaf), expected))
}

fn interrupted(plant: Plant) -> Option<Line> {
    let expected = Expected::new("one").failing(io::ErrorKind::Other);
    line_of(Conformance::new(move || Planted::new(plant, INTERRUPTED.raw_stream(), 3, Deaf), expected))
}

fn barren(plant: Plant) -> Option<Line> {
    let source = || stream![b"" * 5000, "one"].raw_stream();
    line_of(Conformance::new(move || Planted::new(plant, source(), 3, Deaf), "one"))
}

fn in_place(plant: Plant) -> Option<Line> {
    let chunks = [Bytes::from_static(b"one, "), Bytes::from_static(b"two and six")];
    let expected = Expected::in_place(chunks.clone());
    let source = move || stream![{ chunks[0].clone() }, pending, { chunks[1].clone() }].raw_stream();
    line_of(Conformance::new(move || Planted::new(plant, source(), 16, Deaf), expected))
}

fn line_of(kit: Conformance<'_>) -> Option<Line> {
    kit.check().err().map(|fault| fault.line())
}

/// Inspects nothing.
struct Deaf;

impl Inspector for Deaf {
    fn bytes(&mut self, _bytes: &[u8]) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_stream_with_nothing_planted_passes() {
    assert_eq!(found(Plant::Nothing), None);
    for check in [failing, interrupted, barren, in_place] {
        assert_eq!(check(Plant::Nothing), None);
    }
}

#[test]
fn each_planted_fault_is_caught_by_the_line_that_it_breaks() {
    let planted = [
        (Plant::HandsOutAnEmptyChunk, Line::EmptyChunk),
        (Plant::GoesThroughEmptyChunksWithoutAYield, Line::EmptyChunk),
        (Plant::LosesTheLastByte, Line::Content),
        (Plant::PollsAfterTheEnd, Line::End),
        (Plant::StaysOpenAfterTheEnd, Line::End),
        (Plant::ReportsAnErrorTwice, Line::Error),
        (Plant::EndsWhereItFails, Line::Error),
        (Plant::DeliversBytesWithAnError, Line::Error),
        (Plant::TriesAStreamAgain, Line::Interrupted),
        (Plant::PollsForAnEmptyBuffer, Line::EmptyBuffer),
        (Plant::ForgetsWhatWasLentWhenAChunkIsTaken, Line::Mixed),
        (Plant::LosesAChunkWithADroppedFuture, Line::Mixed),
        (Plant::ClearsTheBuffer, Line::FilledBuffer),
        (Plant::CopiesAChunk, Line::Pointers),
        (Plant::HandsOutMoreThanWasAskedFor, Line::Pointers),
        (Plant::LendsOtherBytesTheSecondTime, Line::Lending),
        (Plant::ConsumesMoreThanWasLent, Line::Lending),
        (Plant::KeepsAnotherWaker, Line::Wakers),
        (Plant::WakesItself, Line::Wakers),
        (Plant::AnnouncesOneByteMore, Line::Length),
        (Plant::AnnouncesOneByteLess, Line::Length),
        (Plant::SaysThatItEndedWhereItFailed, Line::State),
        (Plant::GoesBackToOpen, Line::State),
        (Plant::ShowsBytesWhenTheyAreConsumed, Line::Inspector),
        (Plant::ShowsBytesTwice, Line::Inspector),
        (Plant::KeepsItsChunks, Line::Memory),
        (Plant::Panics, Line::Panic),
    ];
    let wrong: Vec<_> = planted
        .into_iter()
        .map(|(plant, line)| (plant, Some(line), found(plant)))
        .filter(|(_, expected, found)| expected != found)
        .collect();
    assert!(wrong.is_empty(), "planted, expected, found: {wrong:#?}");
}

fn forgetful() -> Conformance<'static> {
    let stream = || Planted::new(Plant::ForgetsWhatWasLentWhenAChunkIsTaken, GOOD.raw_stream(), 16, Deaf);
    Conformance::new(stream, "one, two and six")
}

#[test]
fn the_calls_of_a_fault_are_as_few_as_show_it() {
    let fault = forgetful().check().unwrap_err();
    // Something is lent and not consumed, and then a chunk is taken.
    assert_eq!(fault.calls().len(), 2, "{fault}");
}

#[test]
fn the_same_seed_finds_the_same_fault_and_the_message_says_which() {
    let found = |seed| forgetful().seed(seed).check().unwrap_err().to_string();
    assert_eq!(found(7), found(7));
    assert!(found(7).contains("views may be mixed"), "{}", found(7));
    assert!(found(7).contains("seed(0x7)"), "{}", found(7));
    assert!(found(7).contains("dropped"), "{}", found(7));
    assert_ne!(found(7), found(8), "another seed makes other calls");
}

#[test]
#[should_panic = "views may be mixed, and a dropped future loses nothing"]
fn a_run_panics_with_the_fault() {
    forgetful().run();
}
