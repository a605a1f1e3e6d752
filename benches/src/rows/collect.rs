//! K: a stream, collected.

use byte_stream::{ByteStreamExt, FromBody, FromStream};
use bytes::BytesMut;
use futures_util::{FutureExt, TryStreamExt};
use http_body_util::BodyExt;

use crate::harness::Row;
use crate::source::{Announced, heap};

/// As much as glibc's allocator hands out of what the thread has given back. From 1,033 bytes up it looks for a gap, and which gaps there are
/// is not what is compared.
const CHUNK: usize = 1_000;

pub(super) fn rows() -> Vec<Row> {
    let mut rows: Vec<Row> = [60_000, 1_000_000, 10_000_000]
        .into_iter()
        .map(|total| unknown(total).best(1.0, 0.95).default(1.7, 1.5))
        .collect();
    rows.push(known(50_000_000).best(1.1, 1.0));
    rows
}

fn unknown(total: usize) -> Row {
    peers(Row::new("K1", format!("collect {} KB of chunks of 1 KB", total / 1_000), CHUNK, total), total)
        .ours(move || FromStream::new(heap(CHUNK, total)).collect_bytes().now_or_never().unwrap().unwrap().len())
}

fn known(total: usize) -> Row {
    let body = move || FromBody::new(Announced::new(heap(CHUNK, total), total));
    peers(Row::new("K2", format!("collect {} MB of a known length", total / 1_000_000), CHUNK, total), total)
        .ours(move || body().collect_bytes().now_or_never().unwrap().unwrap().len())
}

fn peers(row: Row, total: usize) -> Row {
    row.peer("http-body-util", move || {
        let collected = Announced::new(heap(CHUNK, total), total).collect().now_or_never();
        collected.unwrap().unwrap().to_bytes().len()
    })
    .peer("try_collect", move || {
        heap(CHUNK, total).try_collect::<BytesMut>().now_or_never().unwrap().unwrap().freeze().len()
    })
}
