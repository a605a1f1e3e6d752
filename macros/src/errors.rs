//! The mistakes of one stage, shown together.

use std::fmt::Display;

use quote::ToTokens;
use syn::Error;

/// Collects mistakes, so that the user sees all of a stage at once.
#[derive(Default)]
pub(crate) struct Errors(Option<Error>);

impl Errors {
    pub(crate) fn push(&mut self, error: Error) {
        match &mut self.0 {
            Some(first) => first.combine(error),
            none => *none = Some(error),
        }
    }

    /// Adds a message at these tokens.
    pub(crate) fn at(&mut self, tokens: impl ToTokens, message: impl Display) {
        self.push(Error::new_spanned(tokens, message));
    }

    /// `value`, if nothing went wrong.
    pub(crate) fn finish<T>(self, value: T) -> Result<T, Box<Broken<T>>> {
        match self.0 {
            None => Ok(value),
            Some(error) => Err(Box::new(Broken { error, rest: value })),
        }
    }
}

/// What went wrong, and what could be made of the rest: an impl of it keeps the user's other code from breaking, too.
pub(crate) struct Broken<T> {
    pub(crate) error: Error,
    pub(crate) rest: T,
}
