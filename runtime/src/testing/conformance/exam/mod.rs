//! One stream, from its first call to a while after its end.

mod calls;
mod over;
mod progress;
mod says;

use std::future::poll_fn;
use std::ops::ControlFlow;
use std::pin::{Pin, pin};
use std::task::{Context, Poll};

use super::call::{Call, Manner, Way};
use super::expected::Expected;
use super::face::Face;
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

use broken;

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
    /// How many of the bytes that the inspector was shown are known to be right.
    shown: usize,
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
            shown: 0,
            trailers: None,
            last_state: None,
            items: Some(Vec::new()),
            interrupted: false,
        }
    }

    /// The calls, as many more as it takes to the end, and each way once more after it.
    fn sit(&mut self, calls: &[Call]) -> Result<(), Broken> {
        // Each call brings a byte, or is one of those that are given, or brings trailers.
        const MORE: usize = 10_000;
        let most = self.expected.bytes.len() + calls.len() + MORE;
        let ways = self.subject.0.ways();
        let last = calls.last().map_or(ways[0], |call| call.way);
        let rest = Call { way: last, size: 10_000, manner: Manner::Plain };
        self.check_says()?;
        for call in calls.iter().chain(std::iter::repeat(&rest)).take(most) {
            self.call(*call)?;
            if self.outcome != Outcome::Open {
                break;
            }
        }
        if self.outcome == Outcome::Open {
            broken!(End, "no end after {most} calls");
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
            match polled.result {
                Poll::Ready(value) => return Ok(ControlFlow::Continue(value)),
                Poll::Pending if !polled.woken => {
                    broken!(Wakers, "it is `Pending`, and nobody will wake the task of this poll")
                }
                // The one source that was polled sleeps: it was not that which woke the task.
                Poll::Pending if polled.woke_itself && notes.sleeps && notes.pulls == 1 => {
                    broken!(Wakers, "it woke itself, though its source had the waker")
                }
                Poll::Pending => {}
            }
            let held = self.ledger.held();
            if held > self.expected.block + self.lent {
                broken!(Memory, "it is `Pending` and holds {held} bytes of its source");
            }
            self.check_says()?;
            if manner == Manner::Dropped {
                return Ok(ControlFlow::Break(()));
            }
        }
        broken!(Wakers, "no end after {BUDGET} polls")
    }
}

/// Whether more than was lent can be consumed: that must panic.
pub(super) fn consume_too_much<'a>(make: &mut dyn FnMut(&Log) -> Subject<'a>) -> Result<(), Broken> {
    let mut subject = make(&Log::default());
    if !subject.0.ways().contains(&Way::Peek) {
        return Ok(());
    }
    let lent = loop {
        let polled =
            task::poll_once(pin!(poll_fn(|cx| { subject.0.as_mut().poll_lend(Way::Peek, cx).map_ok(<[u8]>::len) })));
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
