//! The kit finds the faults that the peers are known for, and none in what we put in their place.

use std::io;

use byte_stream::testing::{Conformance, Expected, Line, Subject};
use byte_stream::{FromBody, FromRead, FromStream, StreamLiteral, stream};
use futures_util::TryStreamExt;
use tokio_util::compat::FuturesAsyncReadCompatExt;
use tokio_util::io::{ReaderStream, StreamReader};

const GOOD: StreamLiteral<5> = stream!["hello, ", pending, b"", "world", pending];
const BAD: StreamLiteral<3> = stream!["hello, ", "world", error(ConnectionReset)];

fn line_of(kit: Conformance<'_>) -> Option<Line> {
    kit.check().err().map(|fault| fault.line())
}

fn failing() -> Expected {
    Expected::new("hello, world").failing(io::ErrorKind::ConnectionReset)
}

#[test]
fn stream_reader_goes_on_after_an_error() {
    let peer = || Subject::tokio_buf_read(StreamReader::new(BAD.raw_stream()));
    assert_eq!(line_of(Conformance::new(peer, failing())), Some(Line::Error));
    let ours = || Subject::tokio_buf_read(FromStream::new(BAD.raw_stream()));
    assert_eq!(line_of(Conformance::new(ours, failing())), None);
}

#[test]
fn compat_zeroes_the_buffer() {
    let expected = || Expected::new("hello, world").zeroing_nothing();
    let peer = || Subject::tokio_read(GOOD.raw_stream().into_async_read().compat());
    assert_eq!(line_of(Conformance::new(peer, expected())), Some(Line::FilledBuffer));
    let ours = || Subject::tokio_read(FromStream::new(GOOD.raw_stream()));
    assert_eq!(line_of(Conformance::new(ours, expected())), None);
}

#[test]
fn into_async_read_polls_for_an_empty_buffer() {
    let peer = || Subject::futures_read(GOOD.raw_stream().into_async_read());
    assert_eq!(line_of(Conformance::new(peer, "hello, world")), Some(Line::EmptyBuffer));
    let ours = || Subject::futures_read(FromStream::new(GOOD.raw_stream()));
    assert_eq!(line_of(Conformance::new(ours, "hello, world")), None);
}

#[test]
fn the_size_hint_of_body_data_stream_counts_bytes() {
    let body = || stream!["hello, ", pending, "world"].declared(12).raw_body();
    let peer = move || Subject::stream(axum::body::Body::new(body()).into_data_stream());
    assert_eq!(line_of(Conformance::new(peer, "hello, world")), Some(Line::Length));
    let ours = move || Subject::stream(FromBody::new(body()));
    assert_eq!(line_of(Conformance::new(ours, "hello, world")), None);
}

#[test]
fn buf_reader_polls_for_an_empty_buffer() {
    let peer = || Subject::tokio_buf_read(tokio::io::BufReader::with_capacity(3, GOOD.raw_reader()));
    assert_eq!(line_of(Conformance::new(peer, "hello, world")), Some(Line::EmptyBuffer));
    let ours = || Subject::tokio_buf_read(FromRead::new(GOOD.raw_reader()));
    assert_eq!(line_of(Conformance::new(ours, "hello, world")), None);
}

#[test]
fn what_is_right_in_a_peer_passes() {
    let reader = || stream!["hello, ", pending, "world"].raw_reader();
    Conformance::new(move || Subject::stream(ReaderStream::new(reader())), "hello, world").run();
    let cursor = || io::Cursor::new("hello, world");
    Conformance::new(move || Subject::tokio_buf_read(cursor()), "hello, world").run();
    let body = || http_body_util::Full::new(bytes::Bytes::from_static(b"hello, world"));
    Conformance::new(move || Subject::body(body()), "hello, world").run();
}
