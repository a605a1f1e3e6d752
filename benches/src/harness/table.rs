//! The table, as it is printed.

use super::measure::Report;
use super::row::{Against, Goal, Row, Unit};

/// Prints a line a row.
#[derive(Debug, Default)]
pub struct Table {
    broken: usize,
}

impl Table {
    /// Begins the table.
    pub fn begin() -> Self {
        println!(
            "{:<4} {:<46} {:<34} {:>10} {:>10} {:>7} {:>7} {:>7}  {:<34} kept",
            "id", "workload", "peer at its best", "peer", "ours", "ratio", "default", "limit", "target (floor)"
        );
        Table::default()
    }

    /// One line.
    pub fn line(&mut self, row: &Row, report: &Report) {
        let kept = row.goals.iter().all(|goal| report.keeps(*goal));
        self.broken += usize::from(!kept);
        let goals: Vec<String> = row.goals.iter().map(|goal| tell(*goal)).collect();
        let limit = match row.goals.iter().any(|goal| matches!(goal, Goal::Extra(..))) {
            true => report.extra.map_or_else(String::new, |extra| format!("{extra:+.1} ns")),
            false => ratio(report, Against::Limit),
        };
        println!(
            "{:<4} {:<46} {:<34} {:>10} {:>10} {:>7} {:>7} {:>7}  {:<34} {}",
            row.id,
            row.workload,
            row.peers.get(report.best).map_or("", |peer| &peer.name),
            cost(row, report.costs[0]),
            cost(row, report.costs[1]),
            ratio(report, Against::Best),
            ratio(report, Against::Default),
            limit,
            goals.join(", "),
            if kept { "yes" } else { "NO" },
        );
    }

    /// How many rows did not keep a floor.
    pub fn broken(&self) -> usize {
        self.broken
    }
}

fn tell(goal: Goal) -> String {
    match goal {
        Goal::Ratio(Against::Best, target, floor) => format!("{target} ({floor})"),
        Goal::Ratio(Against::Default, target, floor) => format!("default {target} ({floor})"),
        Goal::Ratio(Against::Limit, target, floor) => format!("limit {target} ({floor})"),
        Goal::Extra(target, floor) => format!("limit +{target} ns (+{floor})"),
    }
}

fn ratio(report: &Report, against: Against) -> String {
    report.ratio(against).map_or_else(String::new, |ratio| format!("{ratio:.2}"))
}

fn cost(row: &Row, cost: f64) -> String {
    match row.unit {
        Unit::Seconds => format!("{:.2} GB/s", row.bytes as f64 / cost * 1e-9),
        Unit::Wait => format!("{:.2} ms", cost * 1e3),
    }
}
