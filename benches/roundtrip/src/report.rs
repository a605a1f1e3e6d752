//! The tables at the end.

use crate::trip::{self, Cost, WAYS};

/// What all programs took, in each round. The first is the peer as it comes, the last is ours.
#[derive(Default)]
pub(crate) struct Report {
    names: Vec<&'static str>,
    rounds: Vec<Vec<[Cost; WAYS]>>,
}

impl Report {
    pub(crate) fn enter(&mut self, name: &'static str) {
        self.names.push(name);
        self.rounds.push(Vec::new());
    }

    pub(crate) fn add(&mut self, program: usize, costs: [Cost; WAYS]) {
        self.rounds[program].push(costs);
    }

    pub(crate) fn print(&self) {
        self.table("ms on the wall", 1e3, |cost| cost.wall);
        self.table("ms of all threads", 1e3, |cost| cost.cpu);
        self.table("KB on the wire", 1e-3, |cost| cost.wire);
    }

    /// Each way, and all of them.
    fn table(&self, title: &str, unit: f64, what: impl Fn(&Cost) -> f64) {
        println!(
            "{title:<18} {:>24} {:>9} {:>9} {:>6} {:>9} {:>6}",
            "peer at its best", "peer", "ours", "ratio", "default", "ratio"
        );
        for way in 0..WAYS {
            self.line(&trip::name(way), unit, |costs| what(&costs[way]));
        }
        self.line("all", unit, |costs| costs.iter().map(&what).sum());
        println!();
    }

    fn line(&self, name: &str, unit: f64, what: impl Fn(&[Cost; WAYS]) -> f64) {
        let all: Vec<Vec<f64>> = self.rounds.iter().map(|rounds| rounds.iter().map(&what).collect()).collect();
        let [peers @ .., ours] = &all[..] else { return };
        let medians: Vec<f64> = peers.iter().map(|peer| median(peer.iter().copied())).collect();
        let Some(best) = (0..peers.len()).min_by(|a, b| medians[*a].total_cmp(&medians[*b])) else { return };
        let ratio = |peer: usize| median(peers[peer].iter().zip(ours).map(|(theirs, ours)| theirs / ours));
        println!(
            "{name:<18} {:>24} {:>9.1} {:>9.1} {:>6.2} {:>9.1} {:>6.2}",
            self.names[best],
            medians[best] * unit,
            median(ours.iter().copied()) * unit,
            ratio(best),
            medians[0] * unit,
            ratio(0),
        );
    }
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
