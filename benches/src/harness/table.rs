//! The table, as it is printed.

use super::measure::Report;
use super::row::{Against, Goal, Row};

/// For whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// For people.
    Columns,
    /// For machines: fields between tabs.
    Tabs,
    /// For a page: who is beaten, and by what.
    Markdown,
}

/// Prints a line a row.
#[derive(Debug)]
pub struct Table {
    style: Style,
}

impl Table {
    /// Begins the table.
    pub fn begin(style: Style) -> Self {
        let table = Table { style };
        let names = [
            "id",
            "workload",
            "peer at its best",
            "peer",
            "ours",
            "ratio",
            "peer as it comes",
            "peer",
            "ratio",
            "limit",
            "target (floor)",
            "kept",
        ];
        table.print(&names.map(String::from));
        if style == Style::Markdown {
            println!("|---|---|--:|---|--:|");
        }
        table
    }

    /// One line. It says whether the row keeps its floors.
    pub fn line(&self, row: &Row, report: &Report) -> bool {
        let kept = row.goals.iter().all(|goal| report.keeps(*goal));
        let goals: Vec<String> = row.goals.iter().map(|goal| tell(*goal)).collect();
        let limit = match row.goals.iter().any(|goal| matches!(goal, Goal::Extra(..))) {
            true => report.extra.map_or_else(String::new, |extra| format!("{extra:+.1} ns")),
            false => ratio(report, Against::Limit),
        };
        let (peer, theirs) = match row.peers.get(report.best) {
            Some(peer) => (peer.name.clone(), cost(row, report.costs[0])),
            None => Default::default(),
        };
        let (as_it_comes, default) = match row.peers.first() {
            Some(peer) => (peer.name.clone(), cost(row, report.default)),
            None => Default::default(),
        };
        self.print(&[
            row.id.to_owned(),
            row.workload.clone(),
            peer,
            theirs,
            cost(row, report.costs[1]),
            ratio(report, Against::Best),
            as_it_comes,
            default,
            ratio(report, Against::Default),
            limit,
            goals.join(", "),
            if kept { "yes" } else { "NO" }.to_owned(),
        ]);
        kept
    }

    fn print(&self, fields: &[String; 12]) {
        match self.style {
            Style::Tabs => println!("{}", fields.join("\t")),
            Style::Markdown => {
                let [_, workload, best, _, _, ratio, default, _, default_ratio, ..] = fields;
                println!("| {workload} | {best} | {ratio} | {default} | {default_ratio} |");
            }
            Style::Columns => {
                let [id, workload, best, bests, ours, ratio, default, defaults, default_ratio, limit, goals, kept] =
                    fields;
                println!(
                    "{id:<3} {workload:<44} {best:<41} {bests:>11} {ours:>11} {ratio:>7}  {default:<41} {defaults:>11} \
                     {default_ratio:>7} {limit:>8}  {goals:<40} {kept}"
                );
            }
        }
    }
}

fn tell(goal: Goal) -> String {
    match goal {
        Goal::Ratio(Against::Best, target, floor) => format!("{target} ({floor})"),
        Goal::Ratio(Against::Default, target, floor) => format!("default {target} ({floor})"),
        Goal::Ratio(Against::Limit, target, floor) => format!("limit {target} ({floor})"),
        Goal::Millis(target, floor) => format!("{target} ms ({floor})"),
        Goal::Extra(target, floor) => format!("limit +{target} ns (+{floor})"),
    }
}

fn ratio(report: &Report, against: Against) -> String {
    report.ratio(against).map_or_else(String::new, |ratio| format!("{ratio:.2}"))
}

fn cost(row: &Row, cost: f64) -> String {
    match row.goals.iter().any(|goal| matches!(goal, Goal::Millis(..))) {
        true => format!("{:.2} ms", cost * 1e3),
        false => format!("{:.2} GB/s", row.bytes as f64 / cost * 1e-9),
    }
}
