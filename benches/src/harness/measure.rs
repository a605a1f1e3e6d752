//! The rounds.

use super::row::{Against, Goal, Row, Variant};

/// How many rounds there are at least.
pub const ROUNDS: usize = 15;

/// What a variant has of a round, in seconds. Short, so that whatever else the machine does meets all variants alike.
const SHARE: f64 = 0.006;

/// What came out.
#[derive(Debug)]
pub struct Report {
    /// Which of the peers is the fastest.
    pub best: usize,
    /// The median cost of that peer, and of ours.
    pub costs: [f64; 2],
    best_ratio: Option<f64>,
    default_ratio: Option<f64>,
    limit_ratio: Option<f64>,
    /// How many nanoseconds a chunk ours takes more than the limit.
    pub extra: Option<f64>,
}

impl Report {
    /// How many times as fast ours is.
    pub fn ratio(&self, against: Against) -> Option<f64> {
        match against {
            Against::Best => self.best_ratio,
            Against::Default => self.default_ratio,
            Against::Limit => self.limit_ratio,
        }
    }

    /// Whether the floor of a goal is kept.
    pub fn keeps(&self, goal: Goal) -> bool {
        match goal {
            Goal::Ratio(against, _, floor) => self.ratio(against).is_some_and(|ratio| ratio >= floor),
            Goal::Millis(_, floor) => self.costs[1] * 1e3 <= floor,
            Goal::Extra(_, floor) => self.extra.is_some_and(|extra| extra <= floor),
        }
    }
}

/// Runs all variants of a row, interleaved, with another one first in each round.
pub fn measure(row: &Row, rounds: usize) -> Report {
    let ours = row.peers.len();
    let variants: Vec<&Variant> = row.peers.iter().chain([&row.ours]).chain(&row.limit).collect();
    let repeats: Vec<usize> = variants.iter().map(|variant| repeats(variant, row)).collect();
    let mut costs = vec![Vec::with_capacity(rounds); variants.len()];
    for round in 0..rounds {
        for turn in 0..variants.len() {
            let i = (round + turn) % variants.len();
            // Of its share, the best run counts: the others met somebody else's data in the cache.
            let cost = (0..repeats[i]).map(|_| variants[i].cost(row)).min_by(f64::total_cmp);
            costs[i].push(cost.expect("it runs once at least"));
        }
    }
    let medians: Vec<f64> = costs.iter().map(|costs| median(costs.iter().copied())).collect();
    let best = (0..ours).min_by(|a, b| medians[*a].total_cmp(&medians[*b])).unwrap_or(ours);
    let pairs = |other: usize| costs[other].iter().zip(&costs[ours]);
    let ratio = |other: usize| median(pairs(other).map(|(theirs, ours)| theirs / ours));
    let limit = row.limit.as_ref().map(|_| ours + 1);
    Report {
        best,
        costs: [medians[best], medians[ours]],
        best_ratio: (best != ours).then(|| ratio(best)),
        default_ratio: (ours > 0).then(|| ratio(0)),
        limit_ratio: limit.map(ratio),
        extra: limit.map(|limit| median(pairs(limit).map(|(limit, ours)| ours - limit)) / row.chunks as f64 * 1e9),
    }
}

/// How often a variant runs in its share. This is also its first run, which finds the caches cold.
fn repeats(variant: &Variant, row: &Row) -> usize {
    let cost = variant.cost(row).min(variant.cost(row));
    ((SHARE / cost).ceil() as usize).clamp(1, 1000)
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
