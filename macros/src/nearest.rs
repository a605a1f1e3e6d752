//! What a misspelt word may have been meant as.

use std::cmp::min;

/// Letters that may be wrong.
const MISTAKES: usize = 2;

/// The known word that is most like the written one, if one is: by its letters, or because it begins so.
pub(crate) fn nearest<'a>(written: &str, known: &[&'a str]) -> Option<&'a str> {
    let written = written.to_lowercase();
    let mut nearest = None;
    for word in known {
        let begins = written.len() > MISTAKES && word.starts_with(&written);
        let apart = if begins { MISTAKES } else { distance(word, &written) };
        if apart <= MISTAKES && apart < written.len() && nearest.is_none_or(|nearest| (apart, *word) < nearest) {
            nearest = Some((apart, *word));
        }
    }
    Some(nearest?.1)
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
    use super::{distance, nearest};

    #[test]
    fn counts_letters_added_removed_and_replaced() {
        for (a, b, apart) in [("", "", 0), ("hang", "hang", 0), ("hang", "hung", 1), ("pending", "pendin", 1)] {
            assert_eq!(distance(a, b), apart, "{a} {b}");
        }
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "abc"), 3);
    }

    #[test]
    fn names_what_is_like_it_and_nothing_else() {
        let known = &["source", "empty", "only", "compio_0_10"];
        assert_eq!(nearest("sauce", known), Some("source"));
        assert_eq!(nearest("Onyl", known), Some("only"));
        assert_eq!(nearest("compio", known), Some("compio_0_10"));
        for other in ["", "x", "on", "views", "compression"] {
            assert_eq!(nearest(other, known), None, "{other}");
        }
    }
}
