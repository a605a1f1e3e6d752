//! What has come, held against what was expected.

use std::io;

use super::super::line::Line;
use super::{Broken, Exam, Outcome, broken};
use crate::testing::compare::Quoted;

impl Exam<'_, '_> {
    /// Bytes have come.
    pub(super) fn came(&mut self, bytes: &[u8]) -> Result<(), Broken> {
        let expected = &self.expected.bytes[self.came..];
        if !expected.starts_with(bytes) {
            let same = expected.iter().zip(bytes).take_while(|(expected, came)| expected == came).count();
            let at = self.came + same;
            if same == expected.len() {
                broken!(Content, "more bytes came than the {at} that were expected");
            }
            let end = expected.len().min(bytes.len());
            let (came, expected) = (Quoted(&bytes[same..]), Quoted(&expected[same..end]));
            broken!(Content, "at offset {at} came {came} where {expected} was expected");
        }
        self.came += bytes.len();
        self.lent = self.lent.saturating_sub(bytes.len());
        self.check_shown()
    }

    pub(super) fn end(&mut self) -> Result<(), Broken> {
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

    pub(super) fn fail(&mut self, error: &io::Error) -> Result<(), Broken> {
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
}
