//! The rounds.

use std::ops::Range;

use super::row::{Against, Clock, Goal, Row, Variant};

/// How many rounds there are.
pub const ROUNDS: usize = 15;

/// What a variant has of a round, in seconds. Short, so that whatever else the machine does meets all variants alike.
const SHARE: f64 = 0.006;

/// What came out.
#[derive(Debug)]
pub struct Report {
    /// Which of the peers is the fastest.
    pub best: usize,
    /// The median cost of the peer as it comes.
    pub default: f64,
    /// The median cost of the fastest, and of ours.
    pub costs: [f64; 2],
    /// And of the limit.
    pub limit: Option<f64>,
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

/// A row that has been tried, so that it is known how long it takes.
#[derive(Debug)]
pub struct Trial<'a> {
    /// What is tried.
    pub row: &'a Row,
    /// How often each variant runs in its share of a round.
    repeats: Vec<usize>,
    /// How long all rounds take.
    pub seconds: f64,
}

impl<'a> Trial<'a> {
    /// Runs each variant, which also warms the caches.
    pub fn new(row: &'a Row) -> Self {
        let mut trial = Trial { row, repeats: Vec::new(), seconds: 0.0 };
        for variant in trial.variants() {
            let cost = |_| {
                let start = Clock::Wall.seconds();
                variant.cost(row);
                Clock::Wall.seconds() - start
            };
            let cost = [(); 2].map(cost).into_iter().fold(f64::INFINITY, f64::min);
            let repeats = ((SHARE / cost).ceil() as usize).clamp(1, 1000);
            trial.repeats.push(repeats);
            trial.seconds += cost * (repeats * ROUNDS) as f64;
        }
        trial
    }

    fn variants(&self) -> Vec<&'a Variant> {
        self.row.peers.iter().chain([&self.row.ours]).chain(&self.row.limits).collect()
    }

    /// Runs all variants, interleaved, with another one first in each round.
    pub fn measure(&self) -> Report {
        let (row, variants) = (self.row, self.variants());
        let ours = row.peers.len();
        let mut costs = vec![Vec::with_capacity(ROUNDS); variants.len()];
        for round in 0..ROUNDS {
            for turn in 0..variants.len() {
                let i = (round + turn) % variants.len();
                // Of its share, the best run counts: the others met somebody else's data in the cache.
                let best = (0..self.repeats[i]).map(|_| variants[i].cost(row)).fold(f64::INFINITY, f64::min);
                costs[i].push(best);
            }
        }
        let medians: Vec<f64> = costs.iter().map(|costs| median(costs.iter().copied())).collect();
        let fastest = |range: Range<usize>| range.min_by(|a, b| medians[*a].total_cmp(&medians[*b]));
        let best = fastest(0..ours).unwrap_or(ours);
        let pairs = |other: usize| costs[other].iter().zip(&costs[ours]);
        let ratio = |other: usize| median(pairs(other).map(|(theirs, ours)| theirs / ours));
        let limit = fastest(ours + 1..medians.len());
        Report {
            best,
            default: medians[0],
            costs: [medians[best], medians[ours]],
            limit: limit.map(|limit| medians[limit]),
            best_ratio: (best != ours).then(|| ratio(best)),
            default_ratio: (ours > 0).then(|| ratio(0)),
            limit_ratio: limit.map(ratio),
            extra: limit.map(|limit| median(pairs(limit).map(|(limit, ours)| ours - limit)) / row.chunks as f64 * 1e9),
        }
    }
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
