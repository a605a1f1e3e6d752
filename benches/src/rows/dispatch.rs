//! D: a choice of sources, and an error that is converted.

use std::hint::black_box;
use std::io;

use byte_stream::{ByteStream, FromStream, StreamError};
use bytes::Bytes;
use futures_util::TryStreamExt;
use futures_util::stream::{self, BoxStream, StreamExt};

use super::human;
use crate::drain;
use crate::harness::Row;
use crate::source::{Chunks, chunks};

pub(super) fn rows(total: usize) -> Vec<Row> {
    vec![
        plain(64, total).more_instructions(30.0, 33.0),
        plain(64, total).extra(1.0, 1.5),
        plain(1_500, total).extra(1.0, 1.5),
        converted(64, total).extra(6.0, 7.0),
        converted(1_500, total).extra(6.0, 7.0),
    ]
}

fn plain(size: usize, total: usize) -> Row {
    Row::new("D1", format!("enum of 3 arms, Stream of {}", human(size)), size, total)
        .peer("3 x (boxed + map_err)", move || drain::stream(boxed(size, total)))
        .ours(move || drain::stream(choice(size, total, black_box(0))))
        .limit("its source alone", move || drain::stream(FromStream::new(chunks(size, total))))
}

fn converted(size: usize, total: usize) -> Row {
    Row::new("D1", format!("the same with an error of its own, {}", human(size)), size, total)
        .peer("3 x (boxed + map_err)", move || drain::stream(boxed(size, total).map_err(Failure::from_io)))
        .ours(move || drain::stream(typed(size, total, black_box(0))))
        .limit("the bare stream", move || drain::stream(chunks(size, total)))
}

/// Three seams, each a box and a mapped error.
fn boxed(size: usize, total: usize) -> BoxStream<'static, io::Result<Bytes>> {
    (1..3).fold(choose(size, total, black_box(0)), |stream, _| stream.map_err(io::Error::other).boxed())
}

fn choose(size: usize, total: usize, arm: usize) -> BoxStream<'static, io::Result<Bytes>> {
    match arm {
        0 => chunks(size, total).map_err(io::Error::other).boxed(),
        1 => stream::empty().boxed(),
        _ => stream::once(async { Ok(Bytes::from_static(b"one")) }).boxed(),
    }
}

#[derive(ByteStream)]
enum Choice<S> {
    Chunks(FromStream<S>),
    Nothing,
    One(Bytes),
}

fn choice(size: usize, total: usize, arm: usize) -> Choice<Chunks> {
    match arm {
        0 => Choice::Chunks(chunks(size, total).into()),
        1 => Choice::Nothing,
        _ => Choice::One(Bytes::from_static(b"one")),
    }
}

#[derive(ByteStream)]
#[byte_stream(error = Failure)]
enum Typed<S> {
    Chunks(FromStream<S>),
    Nothing,
    One(Bytes),
}

fn typed(size: usize, total: usize, arm: usize) -> Typed<Chunks> {
    match arm {
        0 => Typed::Chunks(chunks(size, total).into()),
        1 => Typed::Nothing,
        _ => Typed::One(Bytes::from_static(b"one")),
    }
}

#[derive(Debug, thiserror::Error, StreamError)]
enum Failure {
    #[error(transparent)]
    #[stream_error(other)]
    Io(io::Error),
}
