//! As few calls as show a fault.

use super::call::Call;
use super::exam::Broken;

/// Deletes calls as long as the same line is broken: halves of them first, then fewer at a time (as in Zeller, Hildebrandt: Simplifying
/// and isolating failure-inducing input, 2002).
pub(super) fn shrink(
    calls: &[Call],
    mut broken: Broken,
    run: &mut dyn FnMut(&[Call]) -> Result<(), Broken>,
) -> (Vec<Call>, Broken) {
    let mut calls = calls.to_vec();
    let mut size = calls.len();
    while size > 0 {
        let (mut at, before) = (0, calls.len());
        while at < calls.len() {
            let fewer = [&calls[..at], &calls[calls.len().min(at + size)..]].concat();
            match run(&fewer) {
                Err(still) if still.0 == broken.0 => {
                    calls = fewer;
                    broken = still;
                }
                _ => at += size,
            }
        }
        // What comes later may have been all that an earlier call was for.
        if size > 1 || calls.len() == before {
            size /= 2;
        }
    }
    (calls, broken)
}

#[cfg(test)]
mod tests {
    use super::super::call::{Manner, Way};
    use super::super::line::Line;
    use super::*;

    #[test]
    fn none_of_the_calls_that_are_left_can_be_left_out() {
        let [chunk, peek, read] =
            [Way::Chunk, Way::Peek, Way::ReadInto].map(|way| Call { way, size: 1, manner: Manner::Plain });
        // Who peeks must take a chunk first, or the fault is not to be seen.
        let shows = |calls: &[Call]| calls.contains(&read) && (calls.contains(&chunk) || !calls.contains(&peek));
        let broken = || (Line::Content, String::new());
        let mut run = |calls: &[Call]| if shows(calls) { Err(broken()) } else { Ok(()) };
        assert_eq!(shrink(&[chunk, peek, read], broken(), &mut run).0, [read]);
    }
}
