//! S: a reader, as a stream.

use byte_stream::FromRead;
use tokio_util::io::ReaderStream;

use super::human;
use crate::drain::{self, ROOM};
use crate::harness::Row;
use crate::source::reads;

/// What `ReaderStream` is tried with, the capacity that it comes with first.
const CAPACITIES: [usize; 4] = [4_096, 16_384, 65_536, 262_144];
/// More than anybody asks for at once.
const FULL: usize = 1 << 20;

pub(super) fn rows(total: usize) -> Vec<Row> {
    vec![
        dropped("S1", "reads of 64 B", 64, total).instructions(66.0, 73.0),
        dropped("S1", "reads of 1500 B", 1_500, total).instructions(280.0, 308.0),
        dropped("S1", "reads of 64 B", 64, total).best(5.0, 4.5),
        dropped("S1", "reads of 1500 B", 1_500, total).best(1.7, 1.5),
        dropped("S2", "full reads", FULL, total).default(1.3, 1.1).best(0.9, 0.75),
        kept(1, total).default(1.0, 0.9),
        kept(8, total).default(1.0, 0.9),
    ]
}

fn dropped(id: &'static str, reading: &str, size: usize, total: usize) -> Row {
    let mut row = Row::new(id, format!("{reading} → Stream, chunks dropped"), size, total);
    for capacity in CAPACITIES {
        let name = format!("ReaderStream {}", human(capacity));
        row = row.peer(name, move || drain::stream(ReaderStream::with_capacity(reads(size, total), capacity)));
    }
    row.ours(move || drain::stream(FromRead::new(reads(size, total))))
        .limit("read into one buffer", move || drain::tokio_read(reads(size, total), ROOM))
}

fn kept(chunks: usize, total: usize) -> Row {
    let mut row = Row::new("S3", format!("full reads → Stream, last {chunks} kept"), FULL, total);
    for capacity in CAPACITIES {
        let name = format!("ReaderStream {}", human(capacity));
        row = row.peer(name, move || drain::keep(ReaderStream::with_capacity(reads(FULL, total), capacity), chunks));
    }
    row.ours(move || drain::keep(FromRead::new(reads(FULL, total)), chunks))
        .limit("read into one buffer", move || drain::tokio_read(reads(FULL, total), ROOM))
}
