//! C: a stream, compressed.

use std::io;

use async_compression::tokio::bufread::{GzipEncoder, ZstdEncoder};
use byte_stream::FromStream;
use byte_stream::adapter::Coalesce;
use byte_stream::codec::Codec;
use bytes::Bytes;
use futures_util::stream::Stream;
use tokio::io::AsyncRead;
use tokio_util::io::{ReaderStream, StreamReader};

use super::human;
use crate::drain;
use crate::harness::Row;
use crate::source::{Pace, Pieces, pieces, text};

const TOTAL: usize = 1_000_000;
const CAPACITY: usize = 65_536;

pub(super) fn rows() -> Vec<Row> {
    let mut rows = vec![zstd("C1", 64).best(1.15, 1.05), gzip("C1", 64).best(1.35, 1.2)];
    for size in [1_500, 16_384, 65_536] {
        rows.extend([zstd("C2", size), gzip("C2", size)].map(|row| row.best(0.98, 0.93).of_limit(0.95, 0.9)));
    }
    rows
}

fn zstd(id: &'static str, size: usize) -> Row {
    let text = text(TOTAL);
    let peer = move |text: &Bytes| ReaderStream::with_capacity(ZstdEncoder::new(reader(text, size)), CAPACITY);
    let ours = move |text: &Bytes| Codec::new(filled(text, size), ZstdEncoder::new);
    let limit = |text: &Bytes| in_one_call(ZstdEncoder::new(io::Cursor::new(text.clone())));
    row(id, "zstd-3", size, &text, peer, ours, limit)
}

fn gzip(id: &'static str, size: usize) -> Row {
    let text = text(TOTAL);
    let peer = move |text: &Bytes| ReaderStream::with_capacity(GzipEncoder::new(reader(text, size)), CAPACITY);
    let ours = move |text: &Bytes| Codec::new(filled(text, size), GzipEncoder::new);
    let limit = |text: &Bytes| in_one_call(GzipEncoder::new(io::Cursor::new(text.clone())));
    row(id, "gzip", size, &text, peer, ours, limit)
}

fn reader(text: &Bytes, size: usize) -> StreamReader<Pieces, Bytes> {
    StreamReader::new(pieces(text, size, Pace::Ready))
}

fn filled(text: &Bytes, size: usize) -> Coalesce<FromStream<Pieces>> {
    Coalesce::with_window(FromStream::new(pieces(text, size, Pace::Ready)), 16_384)
}

/// An encoder that has all of its input and room for all of its output at its first call.
fn in_one_call<E: AsyncRead>(encoder: E) -> ReaderStream<E> {
    ReaderStream::with_capacity(encoder, TOTAL)
}

fn row<P, O, L>(
    id: &'static str,
    codec: &str,
    size: usize,
    text: &Bytes,
    peer: impl Fn(&Bytes) -> P + 'static,
    ours: impl Fn(&Bytes) -> O + 'static,
    limit: impl Fn(&Bytes) -> L + 'static,
) -> Row
where
    P: Stream<Item = io::Result<Bytes>>,
    O: Stream<Item = io::Result<Bytes>>,
    L: Stream<Item = io::Result<Bytes>>,
{
    let [a, b, c] = [(); 3].map(|()| text.clone());
    Row::new(id, format!("Stream of {} → {codec} → Stream", human(size)), 1, TOTAL)
        .peer("StreamReader, encoder, ReaderStream 64 KiB", move || packed(peer(&a)))
        .ours(move || packed(ours(&b)))
        .limit("the codec on contiguous memory", move || packed(limit(&c)))
}

/// What came was packed: how much went in is what counts.
fn packed(stream: impl Stream<Item = io::Result<Bytes>>) -> usize {
    let packed = drain::stream(stream);
    assert!((1_000..TOTAL / 2).contains(&packed), "{packed}");
    TOTAL
}
