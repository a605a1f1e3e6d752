//! byte-stream beside its peers, in one run.
//!
//! ```text
//! peers [FILTER] [--gate] [--tsv | --markdown]
//! ```
//!
//! FILTER is the beginning of an id, or a piece of a workload. `--tsv` prints the table for machines, `--markdown` that of the README, which
//! has some of the rows. `--gate` measures again, at the end, what is below a floor: the neighbours of a virtual machine come and go. It
//! exits 1 if that is below once more.

use std::env;
use std::io::{IsTerminal, stderr};
use std::process::ExitCode;
use std::time::Instant;

use byte_stream_benches::harness::{ROUNDS, Style, Table, Trial};
use byte_stream_benches::{rows, source};

/// What the README shows: of each kind of work the size that is most common, and the smallest or the largest where it is another story.
const SHOWN: [&str; 17] = [
    "Stream of 64 B → read of 8 KiB",
    "Stream of 1500 B → read of 8 KiB",
    "Stream of 16 KiB → read of 8 KiB",
    "Stream of 1500 B → futures read of 8 KiB",
    "Stream of 1500 B → read of fresh 8 KiB",
    "reads of 1500 B → Stream, chunks dropped",
    "full reads → Stream, chunks dropped",
    "TCP, writes of 256 KiB → Stream",
    "Stream of 1500 B → reader → Stream",
    "maybe compressed, plain, Stream of 1500 B",
    "Stream of 64 B → zstd-3 → Stream",
    "Stream of 1500 B → zstd-3 → Stream",
    "Stream of 1500 B → TCP",
    "Stream of 16 KiB → TCP",
    "collect 1000 KB of chunks of 1 KB",
    "file of 128 MB, hot → Stream",
    "another task's worst wait, 0.5 GB drain",
];

fn main() -> ExitCode {
    let (flags, words): (Vec<String>, Vec<String>) = env::args().skip(1).partition(|word| word.starts_with("--"));
    let has = |name: &str| flags.iter().any(|flag| flag == name);
    let filter = words.first().map_or("", String::as_str);
    let mut rows = rows::in_memory(source::TOTAL);
    rows.retain(|row| row.instructions.is_none());
    rows.extend(rows::others());
    rows.retain(|row| row.id.starts_with(filter) || (filter.len() > 2 && row.workload.contains(filter)));

    let style = match (has("--tsv"), has("--markdown")) {
        (true, _) => Style::Tabs,
        (_, true) => Style::Markdown,
        _ => Style::Columns,
    };
    if style == Style::Markdown {
        let missing = SHOWN.iter().find(|name| !rows.iter().any(|row| row.workload == **name));
        assert!(!filter.is_empty() || missing.is_none(), "there is no row {missing:?}");
        rows.retain(|row| SHOWN.contains(&row.workload.as_str()));
    }
    eprintln!("{} rows are tried ..", rows.len());
    let trials: Vec<Trial<'_>> = rows.iter().map(Trial::new).collect();
    let seconds: f64 = trials.iter().map(|trial| trial.seconds).sum();
    eprintln!(".. and measured in {ROUNDS} rounds: about {seconds:.0} s");
    let start = Instant::now();
    let table = Table::begin(style);
    let mut below = measure(trials, &table, start);
    if has("--gate") && !below.is_empty() {
        eprintln!("these once more ..");
        below = measure(below, &table, start);
    }
    if has("--gate") && !below.is_empty() { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

/// Prints a line a row, and gives those that are below a floor.
fn measure<'a>(trials: Vec<Trial<'a>>, table: &Table, start: Instant) -> Vec<Trial<'a>> {
    let all = trials.len();
    let mut below = Vec::new();
    for (i, trial) in trials.into_iter().enumerate() {
        if stderr().is_terminal() {
            eprint!("\r[{}/{all}, {} s] {} ", i + 1, start.elapsed().as_secs(), trial.row.id);
        }
        let report = trial.measure();
        if stderr().is_terminal() {
            eprint!("\r\x1b[K");
        }
        if !table.line(trial.row, &report) {
            below.push(trial);
        }
    }
    eprintln!("{} rows below a floor, {} s", below.len(), start.elapsed().as_secs());
    below
}
