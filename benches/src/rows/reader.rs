//! R: a stream, read as a reader.

use byte_stream::FromStream;
use futures_util::TryStreamExt;
use futures_util::stream::{BoxStream, StreamExt};
use tokio_util::compat::FuturesAsyncReadCompatExt;
use tokio_util::io::StreamReader;

use super::human;
use crate::drain::{self, ROOM};
use crate::harness::Row;
use crate::source::{chunks, memory, slices};

const SIZES: [usize; 5] = [64, 1_500, 16_384, 65_536, 1 << 20];
const ROOMS: [usize; 3] = [512, 8_192, ROOM];

pub(super) fn rows(total: usize) -> Vec<Row> {
    let mut rows = vec![
        read("R1", 64, 8_192, total).instructions(90.0, 100.0),
        read("R2", 64, 8_192, total).best(3.0, 2.5),
        copy_buf(1_500, total).instructions(130.0, 140.0),
        futures(64, total).instructions(95.0, 105.0),
        compat(64, 8_192, total).instructions(95.0, 105.0),
    ];
    for (room, target) in ROOMS.into_iter().zip([1.5, 1.7, 1.7]) {
        rows.push(read("R3", 1_500, room, total).best(target, 1.3));
    }
    for size in [16_384, 65_536, 1 << 20] {
        rows.extend(ROOMS.map(|room| read("R4", size, room, total).best(1.0, 0.97)));
    }
    for (size, target, floor) in [(64, 1.4, 1.25), (1_500, 1.3, 1.2), (16_384, 1.05, 0.98)] {
        rows.push(shared(size, total).best(target, floor));
        rows.push(boxed(size, total).best(target, floor));
    }
    // Nothing is copied: large chunks are as many as small ones.
    rows.extend(SIZES.map(|size| copy_buf(size, total.max(total / 1_500 * size)).best(1.2, 1.08)));
    for (size, target, floor) in [(64, 1.5, 1.35), (1_500, 1.1, 1.0), (16_384, 1.0, 0.95)] {
        rows.push(futures(size, total).best(target, floor));
    }
    for room in [8_192, ROOM] {
        for (size, target) in [(64, 10.0), (1_500, 3.5)] {
            rows.push(compat(size, room, total).best(target, 0.9 * target));
        }
    }
    rows
}

/// The same for all sizes of chunks.
pub(super) fn sizes(total: usize) -> Vec<Row> {
    (6..=20).step_by(2).map(|bits| read("R", 1 << bits, 8_192, total)).collect()
}

fn read(id: &'static str, size: usize, room: usize, total: usize) -> Row {
    let workload = format!("Stream of {} → read of {}", human(size), human(room));
    Row::new(id, workload, size, total)
        .peer("StreamReader", move || drain::tokio_read(StreamReader::new(chunks(size, total)), room))
        .ours(move || drain::tokio_read(FromStream::new(chunks(size, total)), room))
        .limit("memcpy", move || drain::copy(memory(size), room, total))
}

fn shared(size: usize, total: usize) -> Row {
    Row::new("R5", format!("slices of {} → read of 8 KiB", human(size)), size, total)
        .peer("StreamReader", move || drain::tokio_read(StreamReader::new(slices(size, total)), 8_192))
        .ours(move || drain::tokio_read(FromStream::new(slices(size, total)), 8_192))
        .limit("memcpy", move || drain::copy(memory(size), 8_192, total))
}

fn boxed(size: usize, total: usize) -> Row {
    let source = move || -> BoxStream<'static, _> { slices(size, total).boxed() };
    Row::new("R5", format!("boxed, slices of {} → read of 8 KiB", human(size)), size, total)
        .peer("StreamReader", move || drain::tokio_read(StreamReader::new(source()), 8_192))
        .ours(move || drain::tokio_read(FromStream::new(source()), 8_192))
        .limit("memcpy", move || drain::copy(memory(size), 8_192, total))
}

fn copy_buf(size: usize, total: usize) -> Row {
    Row::new("R6", format!("Stream of {} → copy_buf to a sink", human(size)), size, total)
        .peer("StreamReader", move || drain::copy_buf(StreamReader::new(chunks(size, total))))
        .ours(move || drain::copy_buf(FromStream::new(chunks(size, total))))
}

fn futures(size: usize, total: usize) -> Row {
    Row::new("R7", format!("Stream of {} → futures read of 8 KiB", human(size)), size, total)
        .peer("into_async_read", move || drain::futures_read(chunks(size, total).into_async_read(), 8_192))
        .ours(move || drain::futures_read(FromStream::new(chunks(size, total)), 8_192))
        .limit("memcpy", move || drain::copy(memory(size), 8_192, total))
}

fn compat(size: usize, room: usize, total: usize) -> Row {
    let workload = format!("Stream of {} → read of fresh {}", human(size), human(room));
    Row::new("R8", workload, size, total)
        .peer("into_async_read().compat()", move || {
            drain::tokio_read_uninit(chunks(size, total).into_async_read().compat(), room)
        })
        .ours(move || drain::tokio_read_uninit(FromStream::new(chunks(size, total)), room))
        .limit("memcpy", move || drain::copy(memory(size), room, total))
}
