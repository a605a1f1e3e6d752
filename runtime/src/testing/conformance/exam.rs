//! One stream, from its first call to a while after its end.

use std::future::poll_fn;
use std::io;
use std::mem::MaybeUninit;
use std::ops::ControlFlow;
use std::pin::{Pin, pin};
use std::task::{Context, Poll};

use tokio::io::ReadBuf;

use super::call::{Call, Manner, Way};
use super::expected::Expected;
use super::face::{Face, Item, Says};
use super::line::Line;
use super::log::Log;
use super::quiet::quietly;
use super::subject::Subject;
use crate::testing::raw::Ledger;
use crate::testing::task::{self, Violation};
use crate::{State, Trailers};

/// What was broken, and how.
pub(super) type Broken = (Line, String);

macro_rules! broken {
    ($line:ident, $($message:tt)*) => {
        return Err((Line::$line, format!($($message)*)))
    };
}

/// Makes a stream and calls it, to its end and beyond.
pub(super) fn run<'a>(
    make: &mut dyn FnMut(&Log) -> Subject<'a>,
    expected: &Expected,
    calls: &[Call],
) -> Result<(), Broken> {
    let ledger = Ledger::default();
    let log = Log::default();
    let mut exam: Option<Exam<'_, 'a>> = None;
    Violation::take();
    let done = quietly(|| {
        ledger.keep(|| {
            let subject = make(&log);
            exam.insert(Exam::new(subject, expected, ledger.clone(), &log)).sit(calls)
        })
    });
    let outcome = exam.as_ref().map_or(Outcome::Open, |exam| exam.outcome);
    done.unwrap_or_else(|panic| {
        let line = match (Violation::take(), outcome) {
            (Some(Violation::PolledForNoBytes), _) => Line::EmptyBuffer,
            (Some(Violation::PolledAfterItsEnd), Outcome::Failed) => Line::Error,
            (Some(Violation::PolledAfterItsEnd), _) => Line::End,
            (None, _) => Line::Panic,
        };
        Err((line, format!("it panicked: {panic}")))
    })
}

/// How far the stream has come, as its calls have said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Open,
    Ended,
    Failed,
}

struct Exam<'e, 'a> {
    subject: Subject<'a>,
    expected: &'e Expected,
    ledger: Ledger,
    log: &'e Log,
    outcome: Outcome,
    /// How many bytes have come.
    came: usize,
    /// How many of the bytes that come next have been lent.
    lent: usize,
    trailers: Option<Trailers>,
    last_state: Option<State>,
    /// How the `Stream` view counted what it had left, before each item.
    items: Option<Vec<(usize, Option<usize>)>>,
    interrupted: bool,
}

impl<'e, 'a> Exam<'e, 'a> {
    fn new(subject: Subject<'a>, expected: &'e Expected, ledger: Ledger, log: &'e Log) -> Self {
        Exam {
            subject,
            expected,
            ledger,
            log,
            outcome: Outcome::Open,
            came: 0,
            lent: 0,
            trailers: None,
            last_state: None,
            items: Some(Vec::new()),
            interrupted: false,
        }
    }

    /// The calls, as many more as it takes to the end, and each way once more after it.
    fn sit(&mut self, calls: &[Call]) -> Result<(), Broken> {
        const MOST: usize = 1_000_000;
        let ways = self.subject.0.ways();
        let last = calls.last().map_or(ways[0], |call| call.way);
        let rest = Call { way: last, size: 10_000, manner: Manner::Plain };
        self.check_says()?;
        for call in calls.iter().chain(std::iter::repeat(&rest)).take(MOST) {
            self.call(*call)?;
            if self.outcome != Outcome::Open {
                break;
            }
        }
        if self.outcome == Outcome::Open {
            broken!(End, "no end after {MOST} calls");
        }
        self.check_end()?;
        // A foreign type need not remember its end; that it has failed, it must.
        if self.subject.0.remembers_its_end() || self.outcome == Outcome::Failed {
            for way in ways {
                self.call_after_the_end(way)?;
            }
        }
        match self.ledger.held() {
            0 => Ok(()),
            held => broken!(Memory, "it is over and holds {held} bytes of its source"),
        }
    }

    fn call(&mut self, call: Call) -> Result<(), Broken> {
        match call.way {
            Way::Chunk | Way::Stream | Way::Body => self.take_item(call)?,
            Way::Peek | Way::TokioBufRead | Way::FuturesBufRead => self.lend(call)?,
            Way::ReadInto | Way::TokioRead | Way::FuturesRead | Way::FuturesReadVectored => self.read(call)?,
        }
        self.check_says()
    }

    /// Polls until it is ready, or drops the future.
    fn drive<T>(
        &mut self,
        manner: Manner,
        mut poll: impl FnMut(Pin<&mut (dyn Face + 'a)>, &mut Context<'_>) -> Poll<T>,
    ) -> Result<ControlFlow<(), T>, Broken> {
        const BUDGET: usize = 100_000;
        const BARREN: usize = 1000;
        for _ in 0..BUDGET {
            let subject = &mut self.subject.0;
            let polled = task::poll_once(pin!(poll_fn(|cx| poll(subject.as_mut(), cx))));
            let notes = polled.notes;
            self.interrupted |= notes.interrupted;
            if notes.barren > BARREN {
                broken!(EmptyChunk, "one poll went through {} empty chunks of its source", notes.barren);
            }
            let value = match polled.result {
                Poll::Ready(value) => return Ok(ControlFlow::Continue(value)),
                Poll::Pending if !polled.woken => {
                    broken!(Wakers, "it is `Pending`, and nobody will wake the task of this poll")
                }
                Poll::Pending if polled.woke_itself && notes.sleeps => {
                    broken!(Wakers, "it woke itself, though its source had the waker")
                }
                Poll::Pending => manner,
            };
            let held = self.ledger.held();
            if held > self.expected.block + self.lent {
                broken!(Memory, "it is `Pending` and holds {held} bytes of its source");
            }
            self.check_says()?;
            if value == Manner::Dropped {
                return Ok(ControlFlow::Break(()));
            }
        }
        broken!(Wakers, "no end after {BUDGET} polls")
    }

    fn take_item(&mut self, call: Call) -> Result<(), Broken> {
        match (call.way, &mut self.items) {
            (Way::Stream, Some(items)) => items.extend(self.subject.0.says().items),
            // Only whoever takes nothing but items can count them.
            _ => self.items = None,
        }
        let max = if call.way == Way::Chunk { call.size } else { usize::MAX };
        let item = self.drive(call.manner, |face, cx| face.poll_item(call.way, cx, max))?;
        match item {
            ControlFlow::Break(()) => {
                if let Some(items) = &mut self.items {
                    items.pop();
                }
                Ok(())
            }
            ControlFlow::Continue(Item::End) => self.end(),
            ControlFlow::Continue(Item::Error(error)) => self.fail(&error),
            ControlFlow::Continue(Item::Trailers(trailers)) => {
                self.trailers = Some(trailers);
                Ok(())
            }
            ControlFlow::Continue(Item::Chunk(chunk)) => {
                if chunk.is_empty() {
                    broken!(EmptyChunk, "an empty chunk came");
                }
                if chunk.len() > max {
                    broken!(Pointers, "a chunk of {} bytes came where at most {max} were asked for", chunk.len());
                }
                if !self.expected.owns(&chunk) {
                    broken!(Pointers, "a chunk of {} bytes is a copy", chunk.len());
                }
                self.came(&chunk)
            }
        }
    }

    fn lend(&mut self, call: Call) -> Result<(), Broken> {
        self.items = None;
        let Some(first) = self.lend_once(call)? else { return Ok(()) };
        let (place, bytes) = match first {
            Ok(lent) => lent,
            Err(error) => return self.fail(&error),
        };
        if bytes.is_empty() {
            return self.end();
        }
        self.lent = bytes.len();
        self.check_shown()?;
        self.check_says()?;
        if call.manner == Manner::Twice {
            let pulls = task::poll_once(pin!(poll_fn(|cx| {
                let polled = self.subject.0.as_mut().poll_lend(call.way, cx);
                polled.map_ok(|lent| (lent.as_ptr() as usize, lent.len()))
            })));
            match pulls.result {
                Poll::Ready(Ok(again)) if again == (place, bytes.len()) => {}
                other => broken!(Lending, "{} bytes were lent, and then {other:?}", bytes.len()),
            }
            if pulls.notes.pulls > 0 {
                broken!(Lending, "its source was polled while lent bytes were unread");
            }
        }
        if call.manner == Manner::Dropped {
            // Who only looked may do anything next.
            return Ok(());
        }
        let n = call.size.min(bytes.len());
        self.subject.0.as_mut().consume(call.way, n);
        self.subject.0.as_mut().consume(call.way, 0);
        self.came(&bytes[..n])
    }

    /// Where the lent bytes are, and what they are.
    #[expect(clippy::type_complexity, reason = "it is named nowhere else")]
    fn lend_once(&mut self, call: Call) -> Result<Option<io::Result<(usize, Vec<u8>)>>, Broken> {
        let lent = self.drive(call.manner, |face, cx| {
            let polled = face.poll_lend(call.way, cx);
            polled.map_ok(|lent| (lent.as_ptr() as usize, lent.to_vec()))
        })?;
        Ok(match lent {
            ControlFlow::Continue(lent) => Some(lent),
            ControlFlow::Break(()) => None,
        })
    }

    fn read(&mut self, call: Call) -> Result<(), Broken> {
        self.items = None;
        if call.manner == Manner::Twice {
            self.read_nothing(call.way)?;
        }
        // Some of the buffer is filled already, and some of the rest is initialised.
        const FILLED: &[u8] = b"filled";
        let before = &FILLED[..call.size % FILLED.len()];
        let mut memory = vec![MaybeUninit::uninit(); before.len() + call.size];
        let mut buf = ReadBuf::uninit(&mut memory);
        buf.put_slice(before);
        if call.size % 2 == 0 {
            buf.initialize_unfilled_to(call.size / 2);
        }
        let initialized = buf.initialized().len();
        let done = self.drive(call.manner, |face, cx| face.poll_read(call.way, cx, &mut buf))?;
        let Some(new) = buf.filled().strip_prefix(before) else {
            broken!(FilledBuffer, "{:?} stood in the buffer, and then {:?}", before.escape_ascii(), buf.filled());
        };
        if buf.initialized().len() < initialized {
            broken!(FilledBuffer, "{initialized} bytes were initialised, and then {}", buf.initialized().len());
        }
        let zeroed = buf.initialized().len() - initialized.max(buf.filled().len());
        if self.expected.zeroes_nothing && zeroed > 0 {
            broken!(FilledBuffer, "{zeroed} bytes of the buffer were zeroed and not filled");
        }
        match done {
            ControlFlow::Break(()) if !new.is_empty() => broken!(Mixed, "a read was `Pending` and had delivered bytes"),
            ControlFlow::Break(()) => Ok(()),
            ControlFlow::Continue(Err(error)) if !new.is_empty() => {
                broken!(Error, "a read delivered {} bytes and failed: {error:?}", new.len())
            }
            ControlFlow::Continue(Err(error)) => self.fail(&error),
            ControlFlow::Continue(Ok(())) if new.is_empty() => self.end(),
            ControlFlow::Continue(Ok(())) => self.came(new),
        }
    }

    fn read_nothing(&mut self, way: Way) -> Result<(), Broken> {
        let state = self.subject.0.says().state;
        let subject = &mut self.subject.0;
        let polled =
            task::poll_once(pin!(poll_fn(|cx| { subject.as_mut().poll_read(way, cx, &mut ReadBuf::uninit(&mut [])) })));
        if !matches!(polled.result, Poll::Ready(Ok(()))) {
            broken!(EmptyBuffer, "a read into an empty buffer returned {:?}", polled.result);
        }
        if polled.notes.pulls > 0 {
            broken!(EmptyBuffer, "a read into an empty buffer polled the source");
        }
        if self.subject.0.says().state != state {
            broken!(EmptyBuffer, "a read into an empty buffer changed the state");
        }
        Ok(())
    }

    /// Bytes have come.
    fn came(&mut self, bytes: &[u8]) -> Result<(), Broken> {
        let expected = &self.expected.bytes[self.came..];
        let same = expected.iter().zip(bytes).take_while(|(expected, came)| expected == came).count();
        if same < bytes.len() {
            let at = self.came + same;
            if same == expected.len() {
                broken!(Content, "more bytes came than the {at} that were expected");
            }
            broken!(Content, "the byte at offset {at} is not the one that was expected");
        }
        self.came += bytes.len();
        self.lent = self.lent.saturating_sub(bytes.len());
        self.check_shown()
    }

    fn end(&mut self) -> Result<(), Broken> {
        if self.came < self.expected.bytes.len() {
            broken!(Content, "it ended after {} of {} bytes", self.came, self.expected.bytes.len());
        }
        self.outcome = Outcome::Ended;
        match self.expected.failure {
            None => Ok(()),
            Some(_) if self.interrupted => broken!(Interrupted, "its source failed, and it ended well"),
            Some(kind) => broken!(Error, "it ended well in the place of an error of kind {kind:?}"),
        }
    }

    fn fail(&mut self, error: &io::Error) -> Result<(), Broken> {
        let kind = error.kind();
        if kind == io::ErrorKind::Interrupted || (self.interrupted && self.expected.failure != Some(kind)) {
            broken!(Interrupted, "{error:?} came out of it");
        }
        if self.expected.failure != Some(kind) {
            broken!(Content, "it failed after {} bytes: {error:?}", self.came);
        }
        if self.came < self.expected.bytes.len() {
            broken!(Error, "the error came after {} of {} bytes", self.came, self.expected.bytes.len());
        }
        self.outcome = Outcome::Failed;
        Ok(())
    }

    /// Whether what it says of itself is true.
    fn check_says(&mut self) -> Result<(), Broken> {
        let says = self.subject.0.says();
        let left = (self.expected.bytes.len() - self.came) as u64;
        for (least, most) in [says.left, says.body_left].into_iter().flatten() {
            if most.is_some_and(|most| most < left) {
                broken!(Length, "at most {most:?} bytes were to come, and {left} do");
            }
            if least > left && self.expected.failure.is_none() {
                broken!(Length, "at least {least} bytes were to come, and {left} do");
            }
        }
        let Some(state) = says.state else { return Ok(()) };
        if let Some(before) = self.last_state.replace(state) {
            if !may_follow(before, state) {
                broken!(State, "the state was {before:?}, and then {state:?}");
            }
        }
        check_agreement(state, &says)
    }

    /// Whether the inspector has seen what the consumer has.
    fn check_shown(&self) -> Result<(), Broken> {
        let Some(shown) = self.log.shown() else { return Ok(()) };
        if !self.expected.bytes.starts_with(&shown) {
            broken!(Inspector, "the inspector saw other bytes, or some twice");
        }
        if shown.len() < self.came + self.lent {
            broken!(Inspector, "{} bytes came, and the inspector has seen {}", self.came + self.lent, shown.len());
        }
        Ok(())
    }

    /// Once the end or an error was reported.
    fn check_end(&mut self) -> Result<(), Broken> {
        let says = self.subject.0.says();
        match (self.outcome, says.state) {
            (Outcome::Ended, Some(State::Open)) => broken!(End, "the end was reported, and the state is still `Open`"),
            (Outcome::Failed, Some(State::Open)) => {
                broken!(Error, "an error was reported, and the state is still `Open`")
            }
            (Outcome::Ended, Some(State::Failed)) => broken!(State, "it ended well, and the state is `Failed`"),
            (Outcome::Failed, Some(State::Ended | State::Trailers)) => {
                broken!(State, "it failed, and the state says that it ended well")
            }
            _ => {}
        }
        if let Some(items) = self.items.take() {
            // The last call said "end": it is no item.
            let ended = usize::from(self.outcome == Outcome::Ended);
            let all = items.len() - ended;
            for (i, (least, most)) in items.into_iter().enumerate() {
                let left = all.saturating_sub(i);
                if least > left || most.is_some_and(|most| most < left) {
                    broken!(Length, "{left} items came after it had counted {least} to {most:?}");
                }
            }
        }
        if self.outcome == Outcome::Ended {
            self.check_trailers()?;
        }
        Ok(())
    }

    fn check_trailers(&mut self) -> Result<(), Broken> {
        let taken = self.drive(Manner::Plain, |face, cx| face.poll_trailers(cx))?;
        if let ControlFlow::Continue(Some(taken)) = taken {
            match taken {
                Ok(trailers) if self.trailers.is_none() => self.trailers = Some(trailers),
                Ok(_) => broken!(End, "trailers came twice"),
                Err(error) => broken!(Content, "it failed in the place of trailers: {error:?}"),
            }
        }
        let came = self.trailers.clone().unwrap_or_default();
        match &self.expected.trailers {
            Some(trailers) if *trailers != came => broken!(Content, "expected {trailers:?}, and {came:?} came"),
            _ => self.check_says(),
        }
    }

    fn call_after_the_end(&mut self, way: Way) -> Result<(), Broken> {
        let subject = &mut self.subject.0;
        let polled = task::poll_once(pin!(poll_fn(|cx| match way {
            Way::Chunk | Way::Stream | Way::Body => {
                subject.as_mut().poll_item(way, cx, usize::MAX).map(|item| match item {
                    Item::End => None,
                    other => Some(format!("{other:?}")),
                })
            }
            Way::Peek | Way::TokioBufRead | Way::FuturesBufRead => {
                subject.as_mut().poll_lend(way, cx).map(|lent| match lent {
                    Ok([]) => None,
                    other => Some(format!("{other:?}")),
                })
            }
            _ => {
                let mut memory = [0; 8];
                let mut buf = ReadBuf::new(&mut memory);
                let polled = subject.as_mut().poll_read(way, cx, &mut buf);
                polled.map(|done| match done {
                    Ok(()) if buf.filled().is_empty() => None,
                    other => Some(format!("{other:?} and {:?}", buf.filled())),
                })
            }
        })));
        let failed = self.outcome == Outcome::Failed;
        let line = if failed { Line::Error } else { Line::End };
        let after = if failed { "its error" } else { "its end" };
        match polled.result {
            Poll::Ready(None) if polled.notes.pulls == 0 => self.check_says(),
            Poll::Ready(None) => Err((line, format!("after {after} its source was polled, through {way:?}"))),
            Poll::Ready(Some(other)) => Err((line, format!("after {after} came {other}, through {way:?}"))),
            Poll::Pending => Err((line, format!("after {after} it is `Pending`, through {way:?}"))),
        }
    }
}

fn may_follow(before: State, after: State) -> bool {
    match before {
        State::Open => true,
        // An error may come in the place of trailers.
        State::Trailers => after != State::Open,
        State::Ended | State::Failed => after == before,
    }
}

/// Whether the views say what the state says.
fn check_agreement(state: State, says: &Says) -> Result<(), Broken> {
    let is_over = state != State::Open;
    if is_over && says.left.is_some_and(|left| left != (0, Some(0))) {
        broken!(Length, "the state is {state:?}, and {:?} bytes are to come", says.left);
    }
    if says.is_terminated.is_some_and(|is_terminated| is_terminated != is_over) {
        broken!(State, "the state is {state:?}, and `is_terminated` says {}", !is_over);
    }
    let is_whole = matches!(state, State::Ended | State::Failed);
    if says.is_end_stream.is_some_and(|is_end_stream| is_end_stream != is_whole) {
        broken!(State, "the state is {state:?}, and `is_end_stream` says {}", !is_whole);
    }
    Ok(())
}

/// Whether more than was lent can be consumed: that must panic.
pub(super) fn consume_too_much<'a>(make: &mut dyn FnMut(&Log) -> Subject<'a>) -> Result<(), Broken> {
    let mut subject = make(&Log::default());
    if !subject.0.ways().contains(&Way::Peek) {
        return Ok(());
    }
    let lent = loop {
        let polled = task::poll_once(pin!(poll_fn(|cx| {
            subject.0.as_mut().poll_lend(Way::Peek, cx).map_ok(|lent| lent.len())
        })));
        match polled.result {
            Poll::Ready(Ok(lent)) => break lent,
            // Whatever else is wrong has been found.
            Poll::Ready(Err(_)) => return Ok(()),
            Poll::Pending => {}
        }
    };
    match quietly(|| subject.0.as_mut().consume(Way::Peek, lent + 1)) {
        Err(_) => Ok(()),
        Ok(()) => broken!(Lending, "{} bytes were consumed of {lent} that were lent, without a panic", lent + 1),
    }
}
