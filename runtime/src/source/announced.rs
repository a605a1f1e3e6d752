//! A length that was announced, and is held to.

use crate::error::LengthError;

/// How many bytes were announced, less what has come of them.
#[derive(Debug)]
pub(crate) struct Announced {
    least: u64,
    most: Option<u64>,
    came: u64,
}

impl Announced {
    pub(crate) const NOTHING: Self = Self::between(0, None);

    pub(crate) const fn between(least: u64, most: Option<u64>) -> Self {
        Announced { least, most, came: 0 }
    }

    pub(crate) const fn exactly(length: u64) -> Self {
        Self::between(length, Some(length))
    }

    pub(crate) fn bytes_left(&self) -> (u64, Option<u64>) {
        (self.least, self.most)
    }

    /// Counts bytes that have come.
    ///
    /// # Errors
    ///
    /// If they are more than was announced. Then none of them may be handed out.
    pub(crate) fn count(&mut self, n: usize) -> Result<(), LengthError> {
        let n = n as u64;
        let limit = self.most.map(|most| self.came + most);
        if self.most.is_some_and(|most| n > most) {
            return Err(LengthError::TooLong { limit: limit.unwrap_or(u64::MAX) });
        }
        self.came += n;
        self.least = self.least.saturating_sub(n);
        self.most = self.most.map(|most| most - n);
        Ok(())
    }

    /// Whether so many bytes as were announced have come.
    pub(crate) fn is_kept(&self) -> bool {
        self.least == 0
    }

    /// Takes note of the end.
    ///
    /// # Errors
    ///
    /// If it comes early.
    pub(crate) fn end(&self) -> Result<(), LengthError> {
        match self.least {
            0 => Ok(()),
            missing => Err(LengthError::TooShort { missing }),
        }
    }
}
