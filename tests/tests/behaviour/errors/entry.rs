//! What the sources do with a foreign error.

use std::io;

use byte_stream::{BoxError, ByteStreamExt, FromStream, error};
use bytes::Bytes;
use futures::executor::block_on;
use futures::stream;

fn enters<E: Into<BoxError>>(error: E) -> io::Error {
    let stream = FromStream::new(stream::iter([Err::<Bytes, E>(error)]));
    block_on(stream.collect_bytes()).unwrap_err()
}

#[test]
fn what_enters_is_what_the_public_function_says() {
    for kind in [io::ErrorKind::TimedOut, io::ErrorKind::Interrupted, io::ErrorKind::WouldBlock] {
        assert_eq!(enters(io::Error::from(kind)).kind(), error::carry(io::Error::from(kind)).kind());
    }
}

#[test]
fn would_block_enters_as_itself_and_is_no_end() {
    assert_eq!(enters(io::Error::from(io::ErrorKind::WouldBlock)).kind(), io::ErrorKind::WouldBlock);
}

/// anyhow hides its outermost value from a downcast, and the kind in it.
#[test]
fn anyhow_hides_the_outermost_error_and_shows_those_behind_it() {
    let outermost = enters(anyhow::Error::from(io::Error::from(io::ErrorKind::TimedOut)));
    assert_eq!(outermost.kind(), io::ErrorKind::Other);
    assert!(error::find::<io::Error>(outermost.get_ref().unwrap()).is_none());
    assert_eq!(outermost.to_string(), "timed out", "its message is kept");

    let behind = enters(anyhow::Error::from(io::Error::from(io::ErrorKind::TimedOut)).context("while reading"));
    assert_eq!(behind.kind(), io::ErrorKind::TimedOut);
    assert!(error::find::<io::Error>(behind.get_ref().unwrap()).is_some());
}

#[test]
fn eyre_hides_the_outermost_error_too() {
    let outermost = enters(eyre::Report::from(io::Error::from(io::ErrorKind::TimedOut)));
    assert_eq!(outermost.kind(), io::ErrorKind::Other);
    assert!(error::find::<io::Error>(outermost.get_ref().unwrap()).is_none());
}

#[test]
fn the_way_around_is_to_take_it_out_before_it_enters() {
    let hidden = anyhow::Error::from(io::Error::from(io::ErrorKind::TimedOut));
    let stream = FromStream::new(stream::iter([Err::<Bytes, _>(hidden)]));
    let stream = stream.map_error(|error| error.downcast::<io::Error>().unwrap_or_else(io::Error::other));
    assert_eq!(block_on(stream.collect_bytes()).unwrap_err().kind(), io::ErrorKind::TimedOut);
}

/// A conversion that the error has, and that nobody asked for.
#[derive(Debug, thiserror::Error)]
#[error("shouted")]
struct Shout;

impl From<Shout> for io::Error {
    fn from(_: Shout) -> Self {
        io::ErrorKind::InvalidInput.into()
    }
}

#[test]
fn from_for_io_error_is_not_asked_on_entry_unless_one_says_so() {
    assert_eq!(enters(Shout).kind(), io::ErrorKind::Other);
    assert!(enters(Shout).downcast::<Shout>().is_ok());
    let stream = FromStream::new(stream::iter([Err::<Bytes, _>(Shout)])).map_error(io::Error::from);
    assert_eq!(block_on(stream.collect_bytes()).unwrap_err().kind(), io::ErrorKind::InvalidInput);
}
