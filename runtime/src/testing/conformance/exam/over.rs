//! Once the end or an error was reported.

use std::future::poll_fn;
use std::ops::ControlFlow;
use std::pin::pin;
use std::task::Poll;

use tokio::io::ReadBuf;

use super::super::call::{Manner, Way};
use super::super::face::{Face, Item};
use super::super::line::Line;
use super::{Broken, Exam, Outcome, broken};
use crate::State;
use crate::testing::task;

impl Exam<'_, '_> {
    /// Once the end or an error was reported.
    pub(super) fn check_end(&mut self) -> Result<(), Broken> {
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
        let taken = self.drive(Manner::Plain, Face::poll_trailers)?;
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

    pub(super) fn call_after_the_end(&mut self, way: Way) -> Result<(), Broken> {
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
