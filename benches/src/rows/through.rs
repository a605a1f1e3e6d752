//! T: a stream that goes through a reader and is a stream again.

use std::hint::black_box;

use async_compression::tokio::bufread::ZstdEncoder;
use byte_stream::{ByteStream, FromRead, FromStream};
use tokio::io::AsyncRead;
use tokio_util::io::{ReaderStream, StreamReader};

use super::human;
use crate::drain;
use crate::harness::Row;
use crate::source::{Chunks, chunks};

pub(super) fn rows(total: usize) -> Vec<Row> {
    vec![
        through(64, total).instructions(92.0, 102.0),
        through(64, total).best(6.0, 5.4),
        through(1_500, total).best(10.0, 9.0),
        through(16_384, total).best(10.0, 9.0),
        through(1 << 20, 100 * total).best(40.0, 36.0),
        maybe_compressed(64, total).best(5.5, 5.0),
        maybe_compressed(1_500, total).best(10.0, 9.0),
        nested(64, total).extra(1.0, 1.5),
        nested(1_500, total).extra(1.0, 1.5),
    ]
}

fn through(size: usize, total: usize) -> Row {
    let mut row = Row::new("T1", format!("Stream of {} → reader → Stream", human(size)), size, total);
    for capacity in [4_096, 65_536] {
        let name = format!("ReaderStream {} (StreamReader)", human(capacity));
        let reader = move || StreamReader::new(chunks(size, total));
        row = row.peer(name, move || drain::stream(ReaderStream::with_capacity(reader(), capacity)));
    }
    row.ours(move || drain::stream(FromStream::new(chunks(size, total))))
        .limit("the bare stream", move || drain::stream(chunks(size, total)))
}

/// Compressed or not, as it is written without us.
pub fn pipeline(size: usize, total: usize, zstd: bool) -> Box<dyn AsyncRead + Send + Unpin> {
    let reader = StreamReader::new(chunks(size, total));
    if zstd { Box::new(ZstdEncoder::new(reader)) } else { Box::new(reader) }
}

/// Compressed or not.
#[derive(ByteStream)]
pub enum Maybe<S> {
    /// As it is.
    Plain(FromStream<S>),
    /// Compressed.
    Zstd(FromRead<ZstdEncoder<FromStream<S>>>),
}

/// The same with us.
pub fn maybe(size: usize, total: usize, zstd: bool) -> Maybe<Chunks> {
    let stream = FromStream::new(chunks(size, total));
    if zstd { Maybe::Zstd(ZstdEncoder::new(stream).into()) } else { Maybe::Plain(stream) }
}

fn maybe_compressed(size: usize, total: usize) -> Row {
    let mut row = Row::new("T2", format!("maybe compressed, plain, Stream of {}", human(size)), size, total);
    for capacity in [4_096, 65_536] {
        let name = format!("boxed reader, ReaderStream {}", human(capacity));
        let reader = move || pipeline(size, total, black_box(false));
        row = row.peer(name, move || drain::stream(ReaderStream::with_capacity(reader(), capacity)));
    }
    row.ours(move || drain::stream(maybe(size, total, black_box(false))))
        .limit("the bare stream", move || drain::stream(chunks(size, total)))
}

#[derive(ByteStream)]
enum Outer<S> {
    Inner(S),
    Nothing,
}

fn nested(size: usize, total: usize) -> Row {
    let outer =
        move || if black_box(true) { Outer::Inner(maybe(size, total, black_box(false))) } else { Outer::Nothing };
    Row::new("T3", format!("the same in one more enum, Stream of {}", human(size)), size, total)
        .ours(move || drain::stream(outer()))
        .limit("itself once", move || drain::stream(maybe(size, total, black_box(false))))
}
