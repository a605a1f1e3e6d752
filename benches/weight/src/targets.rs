//! What is to be reached, as a ratio within one run.

use crate::measure::median;

/// A ratio, and what it must not be more than, if there is such a thing.
pub(crate) struct Target {
    pub(crate) what: &'static str,
    /// One of each round.
    pub(crate) ratios: Vec<f64>,
    pub(crate) at_most: Option<f64>,
}

/// Prints the table, and says whether all are kept.
pub(crate) fn print(targets: &[Target]) -> bool {
    println!("\n{:<72} {:>6} {:>7}", "ratio", "is", "at most");
    let mut all = true;
    for target in targets {
        let ratio = median(target.ratios.iter().copied());
        let kept = target.at_most.is_none_or(|at_most| ratio <= at_most);
        all &= kept;
        let at_most = target.at_most.map_or_else(|| "-".to_owned(), |at_most| format!("{at_most:.2}"));
        let verdict = match target.at_most {
            None => "",
            Some(_) if kept => "kept",
            Some(_) => "NOT KEPT",
        };
        println!("{:<72} {ratio:>6.2} {at_most:>7}  {verdict}", target.what);
    }
    all
}
