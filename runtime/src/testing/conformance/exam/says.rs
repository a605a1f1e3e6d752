//! What a stream says of itself, held against what comes.

use super::super::face::Says;
use super::super::line::Line;
use super::{Broken, Exam, broken};
use crate::State;

impl Exam<'_, '_> {
    /// Whether what it says of itself is true.
    pub(super) fn check_says(&mut self) -> Result<(), Broken> {
        let says = self.subject.0.says();
        let left = (self.expected.bytes.len() - self.came) as u64;
        for (least, most) in [says.left, says.body_left].into_iter().flatten() {
            if let Some(most) = most.filter(|most| *most < left) {
                broken!(Length, "at most {most} bytes were to come, and {left} do");
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
    pub(super) fn check_shown(&mut self) -> Result<(), Broken> {
        let (expected, before) = (&self.expected.bytes, self.shown);
        let look = |shown: &[u8]| (shown.len(), expected.get(before..shown.len()) == Some(&shown[before..]));
        let Some((shown, is_right)) = self.log.look(look) else { return Ok(()) };
        if !is_right {
            broken!(Inspector, "the inspector saw other bytes, or some twice");
        }
        if shown < self.came + self.lent {
            broken!(Inspector, "{} bytes came, and the inspector has seen {shown}", self.came + self.lent);
        }
        self.shown = shown;
        Ok(())
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
