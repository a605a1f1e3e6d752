//! What is compared, a file a family of the table of targets.

mod codec;
mod collect;
mod cooperation;
mod dispatch;
mod file;
mod reader;
#[cfg(target_os = "linux")]
mod ring;
pub mod sink;
mod socket;
mod stream;
pub mod through;
mod write;

use crate::harness::Row;

/// Rows of memory alone, of which one run moves about `total` bytes.
pub fn in_memory(total: usize) -> Vec<Row> {
    [reader::rows(total), stream::rows(total), through::rows(total), dispatch::rows(total)]
        .into_iter()
        .flatten()
        .collect()
}

/// The other rows, of which each knows how much is enough.
pub fn others() -> Vec<Row> {
    [collect::rows(), cooperation::rows(), socket::rows(), write::rows(), file::rows(), codec::rows()]
        .into_iter()
        .flatten()
        .collect()
}

/// A stream that is read, for all sizes of chunks.
pub fn sizes(total: usize) -> Vec<Row> {
    reader::sizes(total)
}

/// A size, as it is said.
fn human(bytes: usize) -> String {
    match bytes {
        0..4096 => format!("{bytes} B"),
        4096..1_000_000 => format!("{} KiB", bytes / 1024),
        _ => format!("{} MiB", bytes >> 20),
    }
}
