//! What is to be reached, as a ratio within one run.

use crate::measure::median;

/// A ratio that must not be more than `at_most`.
pub(crate) struct Target {
    pub(crate) what: &'static str,
    /// One of each round.
    pub(crate) ratios: Vec<f64>,
    pub(crate) at_most: f64,
}

/// Prints the table, and says whether all are kept.
pub(crate) fn print(targets: &[Target]) -> bool {
    println!("\n{:<72} {:>6} {:>7}", "ratio", "is", "at most");
    let mut all = true;
    for target in targets {
        let ratio = median(target.ratios.iter().copied());
        let kept = ratio <= target.at_most;
        all &= kept;
        println!(
            "{:<72} {ratio:>6.2} {:>7.2}  {}",
            target.what,
            target.at_most,
            if kept { "kept" } else { "NOT KEPT" }
        );
    }
    all
}
