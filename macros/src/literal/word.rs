//! The words of `stream!`.

use syn::{Error, Ident};

use crate::nearest::nearest;

/// A step that is a word.
#[derive(Clone, Copy)]
pub(super) enum Word {
    Pending,
    Hang,
    Error,
    Panic,
    Trailers,
}

/// All of them, as they are written.
const WORDS: [(&str, Word); 5] = [
    ("pending", Word::Pending),
    ("hang", Word::Hang),
    ("error", Word::Error),
    ("panic", Word::Panic),
    ("trailers", Word::Trailers),
];

impl Word {
    /// The word that this is. If it stands alone, it may have been meant as an expression.
    pub(super) fn of(ident: &Ident, is_alone: bool) -> Result<Self, Error> {
        let written = ident.to_string();
        let known = WORDS.iter().find(|(word, _)| *word == written).map(|(_, word)| *word);
        known.ok_or_else(|| Error::new(ident.span(), unknown(&written, is_alone)))
    }
}

fn unknown(written: &str, is_alone: bool) -> String {
    let expr = if is_alone { written } else { "expr" };
    match nearest(written, &WORDS.map(|(word, _)| word)) {
        Some(word) => {
            format!(
                "no step is called `{written}`: did you mean `{word}`? an expression stands in braces, `{{{expr}}}`"
            )
        }
        None => format!(
            "no step is called `{written}`: write an expression in braces, `{{{expr}}}`, or one of `pending`, `hang`, \
             `error(..)`, `panic`, `trailers {{..}}`"
        ),
    }
}
