//! byte-stream beside its peers, in one run.
//!
//! ```text
//! peers [FILTER] [--gate]
//! ```

use std::env;
use std::process::ExitCode;

use byte_stream_benches::harness::{ROUNDS, Table, measure};
use byte_stream_benches::{rows, source};

fn main() -> ExitCode {
    let (flags, words): (Vec<String>, Vec<String>) = env::args().skip(1).partition(|word| word.starts_with("--"));
    let filter = words.first().map_or("", String::as_str);
    let mut rows = rows::all(source::TOTAL);
    rows.retain(|row| row.instructions.is_none());
    rows.retain(|row| row.id.starts_with(filter) || (filter.len() > 2 && row.workload.contains(filter)));
    let mut table = Table::begin();
    for row in &rows {
        table.line(row, &measure(row, ROUNDS));
    }
    let gate = flags.iter().any(|flag| flag == "--gate");
    if gate && table.broken() > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}
