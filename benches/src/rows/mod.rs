//! What is compared, a file a family of the table of targets.

mod dispatch;
mod reader;
mod stream;
mod through;

use crate::harness::Row;

/// All rows, of which one run moves about `total` bytes.
pub fn all(total: usize) -> Vec<Row> {
    [reader::rows(total), stream::rows(total), through::rows(total), dispatch::rows(total)]
        .into_iter()
        .flatten()
        .collect()
}

/// A size, as it is said.
fn human(bytes: usize) -> String {
    match bytes {
        0..4096 => format!("{bytes} B"),
        4096..1_000_000 => format!("{} KiB", bytes / 1024),
        _ => format!("{} MiB", bytes >> 20),
    }
}
