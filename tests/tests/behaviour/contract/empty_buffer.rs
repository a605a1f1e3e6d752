//! A read of nothing is nothing.

use std::future::poll_fn;
use std::io::IoSliceMut;

use byte_stream_tests::matrix::{self, for_each_source};
use byte_stream_tests::sources::Source;
use byte_stream_tests::task::drive_counting;
use byte_stream_tests::trace::{Says, get};
use byte_stream_tests::views::{Got, Through};
use tokio::io::ReadBuf;

/// Reads nothing in every way there is.
fn read_nothing(source: &mut Source) {
    use futures_util::io::AsyncRead as FuturesRead;
    use tokio::io::AsyncRead as TokioRead;

    let mut none = ReadBuf::new(&mut []);
    let (core, polls) = drive_counting(poll_fn(|cx| source.as_mut().poll_read_into(cx, &mut none)));
    assert_eq!((core.unwrap(), polls), ((), 1));
    let (tokio, polls) = drive_counting(poll_fn(|cx| TokioRead::poll_read(source.as_mut(), cx, &mut none)));
    assert_eq!((tokio.unwrap(), polls), ((), 1));
    let (futures, polls) = drive_counting(poll_fn(|cx| FuturesRead::poll_read(source.as_mut(), cx, &mut [])));
    assert_eq!((futures.unwrap(), polls), (0, 1));
    for bufs in [0, 1, 3] {
        let mut bufs: Vec<_> = (0..bufs).map(|_| IoSliceMut::new(&mut [])).collect();
        let read = poll_fn(|cx| FuturesRead::poll_read_vectored(source.as_mut(), cx, &mut bufs));
        let (vectored, polls) = drive_counting(read);
        assert_eq!((vectored.unwrap(), polls), (0, 1));
    }
}

#[test]
fn a_read_into_an_empty_buffer_polls_nothing_and_is_not_the_end() {
    for_each_source(matrix::all(), |case, mut source| {
        let mut bytes = Vec::new();
        loop {
            let (pulls, says) = (case.pulls.count(), Says::of(&source));
            read_nothing(&mut source);
            assert_eq!((case.pulls.count(), Says::of(&source)), (pulls, says));
            match get(&mut source, Through::ReadInto, 1000).got {
                Got::Bytes(more) => bytes.extend_from_slice(&more),
                _ => break,
            }
        }
        read_nothing(&mut source);
        assert_eq!(bytes, case.promise().bytes);
    });
}

#[test]
fn a_full_buffer_is_an_empty_one() {
    for_each_source([matrix::small()], |case, mut source| {
        let mut memory = *b"full";
        let mut full = ReadBuf::new(&mut memory);
        full.advance(4);
        let (read, polls) = drive_counting(poll_fn(|cx| source.as_mut().poll_read_into(cx, &mut full)));
        assert_eq!((read.unwrap(), polls, full.filled(), case.pulls.count()), ((), 1, &b"full"[..], 0));
    });
}
