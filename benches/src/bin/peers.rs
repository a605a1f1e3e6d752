//! byte-stream beside its peers, in one run.
//!
//! ```text
//! peers [FILTER] [--gate] [--tsv]
//! ```
//!
//! FILTER is the beginning of an id, or a piece of a workload. `--gate` exits 1 below a floor. `--tsv` prints the table for machines.

use std::env;
use std::io::{IsTerminal, stderr};
use std::process::ExitCode;
use std::time::Instant;

use byte_stream_benches::harness::{ROUNDS, Style, Table, Trial};
use byte_stream_benches::{rows, source};

fn main() -> ExitCode {
    let (flags, words): (Vec<String>, Vec<String>) = env::args().skip(1).partition(|word| word.starts_with("--"));
    let has = |name: &str| flags.iter().any(|flag| flag == name);
    let filter = words.first().map_or("", String::as_str);
    let mut rows = rows::in_memory(source::TOTAL);
    rows.retain(|row| row.instructions.is_none());
    rows.extend(rows::others());
    rows.retain(|row| row.id.starts_with(filter) || (filter.len() > 2 && row.workload.contains(filter)));

    eprintln!("{} rows are tried ..", rows.len());
    let trials: Vec<Trial<'_>> = rows.iter().map(Trial::new).collect();
    let seconds: f64 = trials.iter().map(|trial| trial.seconds).sum();
    eprintln!(".. and measured in {ROUNDS} rounds: about {seconds:.0} s");
    let start = Instant::now();
    let mut table = Table::begin(if has("--tsv") { Style::Tabs } else { Style::Columns });
    for (i, (row, trial)) in rows.iter().zip(&trials).enumerate() {
        if stderr().is_terminal() {
            eprint!("\r[{}/{}, {} s] {} ", i + 1, rows.len(), start.elapsed().as_secs(), row.id);
        }
        let report = trial.measure();
        if stderr().is_terminal() {
            eprint!("\r\x1b[K");
        }
        table.line(row, &report);
    }
    eprintln!("{} rows below a floor, {} s", table.broken(), start.elapsed().as_secs());
    if has("--gate") && table.broken() > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}
