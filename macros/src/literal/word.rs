//! The words of `stream!`.

use std::cmp::min;

use syn::{Error, Ident};

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
    let near = WORDS.iter().map(|(word, _)| (distance(word, &written.to_lowercase()), word)).min();
    match near {
        Some((distance, word)) if distance <= 2 => {
            format!(
                "no step is called `{written}`: did you mean `{word}`? An expression stands in braces: `{{{expr}}}`"
            )
        }
        _ => format!(
            "no step is called `{written}`: write an expression in braces, `{{{expr}}}`, or one of `pending`, `hang`, \
             `error(..)`, `panic`, `trailers {{..}}`"
        ),
    }
}

/// How many letters have to be added, removed or replaced (Levenshtein's distance).
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        row[0] = left;
        for (j, y) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            left = min(replaced, min(diagonal, left) + 1);
            row[j + 1] = left;
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::distance;

    #[test]
    fn counts_letters_added_removed_and_replaced() {
        for (a, b, apart) in [("", "", 0), ("hang", "hang", 0), ("hang", "hung", 1), ("pending", "pendin", 1)] {
            assert_eq!(distance(a, b), apart, "{a} {b}");
        }
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "abc"), 3);
    }
}
