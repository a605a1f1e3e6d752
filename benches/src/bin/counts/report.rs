//! The table.

/// What came out.
#[derive(Debug, Default)]
pub(crate) struct Report {
    missed: usize,
}

impl Report {
    pub(crate) fn begin() -> Self {
        println!(
            "{:<4} {:<44} {:<26} {:<34} {:>10} {:>10} {:>10}  met",
            "id", "workload", "counted", "peer", "peer", "ours", "at most"
        );
        Report::default()
    }

    /// One line: what was counted of the peer and of ours, and what ours may be.
    pub(crate) fn line(&mut self, id: &str, workload: &str, counted: &str, peer: (&str, f64), ours: f64, at_most: f64) {
        let met = ours <= at_most;
        self.missed += usize::from(!met);
        let (name, theirs) = peer;
        let met = if met { "yes" } else { "NO" };
        println!("{id:<4} {workload:<44} {counted:<26} {name:<34} {theirs:>10.3} {ours:>10.3} {at_most:>10.3}  {met}");
    }

    pub(crate) fn missed(&self) -> usize {
        self.missed
    }
}
