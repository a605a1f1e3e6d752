//! The same scripts through what users have today, and through us: equal bytes, where the peers are right.

use std::io;

use byte_stream::testing::{RawReader, RawStream};
use byte_stream::{ByteStreamExt, FromBufRead, FromFuturesBufRead, FromRead, FromStream};
use byte_stream_tests::foreign::{self, Foreign, Pulls};
use byte_stream_tests::matrix::{self, Telling, for_each_source};
use byte_stream_tests::script::{Payload, Script, Step};
use byte_stream_tests::task::drive;
use futures_util::{StreamExt, TryStreamExt};
use tokio::io::AsyncReadExt;
use tokio_util::compat::{FuturesAsyncReadCompatExt, TokioAsyncReadCompatExt};
use tokio_util::io::{ReaderStream, StreamReader};

fn chunks(script: &Script) -> RawStream {
    foreign::stream(script, &Pulls::default())
}

fn reader(script: &Script) -> RawReader {
    foreign::reader(script, &Pulls::default())
}

/// What a reader gives, up to its end or its error.
async fn read(mut reader: impl tokio::io::AsyncRead + Unpin) -> (Vec<u8>, Option<io::ErrorKind>) {
    let mut bytes = Vec::new();
    let error = reader.read_to_end(&mut bytes).await.err();
    (bytes, error.map(|error| error.kind()))
}

async fn read_futures(mut reader: impl futures_util::io::AsyncRead + Unpin) -> (Vec<u8>, Option<io::ErrorKind>) {
    let mut bytes = Vec::new();
    let error = futures_util::AsyncReadExt::read_to_end(&mut reader, &mut bytes).await.err();
    (bytes, error.map(|error| error.kind()))
}

/// What a stream gives, up to its end or its error.
async fn collect<B: AsRef<[u8]>>(
    mut stream: impl futures_util::Stream<Item = io::Result<B>> + Unpin,
) -> (Vec<u8>, Option<io::ErrorKind>) {
    let mut bytes = Vec::new();
    while let Some(item) = stream.next().await {
        match item {
            Ok(chunk) => bytes.extend_from_slice(chunk.as_ref()),
            Err(error) => return (bytes, Some(error.kind())),
        }
    }
    (bytes, None)
}

/// A script that ends well and one that fails, without an interruption: about those the peers disagree with us.
fn scripts() -> impl Iterator<Item = Script> {
    let failing = matrix::small().then(Step::Error(io::ErrorKind::ConnectionReset, "reset"));
    matrix::good().into_iter().chain([failing])
}

#[test]
fn a_stream_reads_the_same_through_stream_reader_and_into_async_read_and_ours() {
    for script in scripts() {
        let _script = Telling::of(&script);
        let ours = drive(read(FromStream::new(chunks(&script))));
        assert_eq!(ours.0, script.promise(Foreign::Stream).bytes);
        assert_eq!(drive(read(StreamReader::new(chunks(&script)))), ours);
        assert_eq!(drive(read_futures(chunks(&script).into_async_read())), ours);
        assert_eq!(drive(read_futures(FromStream::new(chunks(&script)))), ours);
        assert_eq!(drive(read(chunks(&script).into_async_read().compat())), ours);
    }
}

#[test]
fn a_reader_streams_the_same_through_reader_stream_and_ours() {
    for script in scripts() {
        let _script = Telling::of(&script);
        let ours = drive(collect(FromRead::new(reader(&script))));
        assert_eq!(ours.0, script.promise(Foreign::Read).bytes);
        assert_eq!(drive(collect(FromBufRead::new(reader(&script)))), ours);
        for capacity in [1, 7, 4096] {
            assert_eq!(drive(collect(ReaderStream::with_capacity(reader(&script), capacity))), ours);
            assert_eq!(drive(collect(FromRead::with_chunk_size(reader(&script), capacity))), ours);
        }
    }
}

#[test]
fn a_futures_reader_reads_the_same_through_compat_and_ours() {
    for script in scripts() {
        let _script = Telling::of(&script);
        let ours = drive(read(FromFuturesBufRead::new(reader(&script))));
        assert_eq!(ours.0, script.promise(Foreign::FuturesBufRead).bytes);
        let compat = FuturesAsyncReadCompatExt::compat(reader(&script));
        assert_eq!(drive(read(compat)), ours);
        let compat = TokioAsyncReadCompatExt::compat(reader(&script));
        assert_eq!(drive(read_futures(compat)), ours);
    }
}

#[test]
fn the_peers_over_ours_give_what_ours_gives() {
    for_each_source(scripts(), |case, source| {
        let promise = case.promise();
        let expected = (promise.bytes, promise.failure.map(|failure| failure.kind));
        assert_eq!(drive(read(StreamReader::new(source))), expected);
        assert_eq!(drive(collect(ReaderStream::with_capacity(case.open(), 7))), expected);
        assert_eq!(drive(read_futures(case.open().into_async_read())), expected);
        assert_eq!(drive(read(FuturesAsyncReadCompatExt::compat(case.open()))), expected);
        assert_eq!(drive(read_futures(TokioAsyncReadCompatExt::compat(case.open()))), expected);
    });
}

#[test]
fn ours_over_the_peers_gives_what_the_peers_give() {
    for script in scripts() {
        let _script = Telling::of(&script);
        let expected = drive(read(FromStream::new(chunks(&script))));
        assert_eq!(drive(collect(FromBufRead::new(StreamReader::new(chunks(&script))))), expected);
        assert_eq!(drive(read(FromStream::new(ReaderStream::with_capacity(reader(&script), 7)))), expected);
        assert_eq!(drive(collect(FromFuturesBufRead::new(chunks(&script).into_async_read()))), expected);
        let compat = FuturesAsyncReadCompatExt::compat(reader(&script));
        assert_eq!(drive(collect(FromBufRead::new(compat))), expected);
    }
}

#[test]
fn the_payload_of_an_error_comes_through_a_peer_and_back() {
    let script = Script::new([Step::Error(io::ErrorKind::ConnectionReset, "reset")]);
    let there = StreamReader::new(FromStream::new(chunks(&script)));
    let back = FromStream::new(ReaderStream::new(there));
    let error = drive(back.collect_bytes()).unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::ConnectionReset);
    assert_eq!(error.downcast::<Payload>().unwrap(), Payload("reset"));
}

#[test]
fn an_interrupted_stream_is_an_error_that_no_read_to_end_tries_again_after() {
    // A stream that failed is over: it would panic, or seem to have ended well.
    let script = matrix::small().then(Step::Interrupted);
    let ours = drive(read(FromStream::new(chunks(&script))));
    assert_eq!(ours, (script.promise(Foreign::Stream).bytes, Some(io::ErrorKind::Other)));
}
