//! What a call brings, and whether it may.

use std::future::poll_fn;
use std::io;
use std::mem::MaybeUninit;
use std::ops::ControlFlow;
use std::pin::pin;
use std::task::Poll;

use tokio::io::ReadBuf;

use super::super::call::{Call, Manner, Way};
use super::super::face::Item;
use super::super::line::Line;
use super::{Broken, Exam, broken};
use crate::State;
use crate::testing::task;

impl Exam<'_, '_> {
    pub(super) fn take_item(&mut self, call: Call) -> Result<(), Broken> {
        if call.manner == Manner::Twice {
            self.take_no_trailers()?;
        }
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
            #[cfg(feature = "http-body")]
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

    fn take_no_trailers(&mut self) -> Result<(), Broken> {
        if self.subject.0.says().state != Some(State::Open) {
            return Ok(());
        }
        let subject = &mut self.subject.0;
        let polled = task::poll_once(pin!(poll_fn(|cx| subject.as_mut().poll_trailers(cx))));
        match polled.result {
            Poll::Ready(None) => Ok(()),
            other => broken!(End, "asked for its trailers before the end of the bytes it returned {other:?}"),
        }
    }

    pub(super) fn lend(&mut self, call: Call) -> Result<(), Broken> {
        self.items = None;
        let Some(first) = self.lend_once(call)? else { return Ok(()) };
        let (place, length, bytes) = match first {
            Ok(lent) => lent,
            Err(error) => return self.fail(&error),
        };
        if length == 0 {
            return self.end();
        }
        self.lent = length;
        self.check_shown()?;
        self.check_says()?;
        if call.manner == Manner::Twice {
            let pulls = task::poll_once(pin!(poll_fn(|cx| {
                let polled = self.subject.0.as_mut().poll_lend(call.way, cx);
                polled.map_ok(|lent| (lent.as_ptr() as usize, lent.len()))
            })));
            match pulls.result {
                Poll::Ready(Ok(again)) if again == (place, length) => {}
                other => broken!(Lending, "{length} bytes were lent, and then {other:?}"),
            }
            if pulls.notes.pulls > 0 {
                broken!(Lending, "its source was polled while lent bytes were unread");
            }
        }
        if call.manner == Manner::Dropped {
            // Who only looked may do anything next.
            return Ok(());
        }
        self.subject.0.as_mut().consume(call.way, bytes.len());
        self.subject.0.as_mut().consume(call.way, 0);
        self.came(&bytes)
    }

    /// Where the lent bytes are, how many, and those that will be consumed.
    #[expect(clippy::type_complexity, reason = "it is named nowhere else")]
    fn lend_once(&mut self, call: Call) -> Result<Option<io::Result<(usize, usize, Vec<u8>)>>, Broken> {
        let lent = self.drive(call.manner, |face, cx| {
            let polled = face.poll_lend(call.way, cx);
            polled.map_ok(|lent| (lent.as_ptr() as usize, lent.len(), lent[..lent.len().min(call.size)].to_vec()))
        })?;
        Ok(match lent {
            ControlFlow::Continue(lent) => Some(lent),
            ControlFlow::Break(()) => None,
        })
    }

    pub(super) fn read(&mut self, call: Call) -> Result<(), Broken> {
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
}
