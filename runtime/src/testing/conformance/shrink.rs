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
        let mut at = 0;
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
        size /= 2;
    }
    (calls, broken)
}
