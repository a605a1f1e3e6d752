//! A length guard with a lower and an upper bound.

use std::io;

use byte_stream::adapter::{LengthGuard, Prefix};
use byte_stream::error::{LengthError, find};
use byte_stream::{ByteStream, ByteStreamExt, FromIter, State, stream};
use futures::StreamExt;
use http_body::Body;
use tokio::io::AsyncReadExt;

#[tokio::test]
async fn exactly_the_bound_is_fine() {
    let body = LengthGuard::new(stream!["ab", "", "cd"], 4..=4);
    assert_eq!(Body::size_hint(&body).exact(), Some(4));
    assert_eq!(body.collect_bytes().await.unwrap(), "abcd");
    assert_eq!(LengthGuard::new(stream!["abcd"], ..=4).collect_bytes().await.unwrap(), "abcd");
    assert_eq!(LengthGuard::new(stream!["abcd"], 4..).collect_bytes().await.unwrap(), "abcd");
    assert_eq!(LengthGuard::exactly(stream![], 0).collect_bytes().await.unwrap(), "");
}

#[tokio::test]
async fn too_short_is_one_error_in_the_place_of_the_end() {
    let mut short = LengthGuard::new(FromIter::new(["ab"]), 3..=9);
    assert_eq!((Body::size_hint(&short).lower(), Body::size_hint(&short).upper()), (3, Some(9)));
    assert_eq!(short.next().await.unwrap().unwrap(), "ab");
    assert_eq!((Body::size_hint(&short).lower(), Body::size_hint(&short).upper()), (1, Some(7)));
    let error = short.next().await.unwrap().unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::UnexpectedEof);
    assert_eq!(find(&error), Some(&LengthError::TooShort { missing: 1 }));
    assert!(short.next().await.is_none());
    assert!(short.is_end_stream());
    assert_eq!((short.state(), Body::size_hint(&short).exact()), (State::Failed, Some(0)));
}

#[tokio::test]
async fn the_chunk_that_crosses_is_withheld_and_an_endless_source_is_not_polled_again() {
    let mut polls = 0;
    let endless = FromIter::new(std::iter::from_fn(|| {
        polls += 1;
        assert!(polls <= 3, "polled after the error");
        Some("abc")
    }));
    let mut long = LengthGuard::new(endless, ..=7);
    let seen = long.seen();
    let mut out = Vec::new();
    let mut errors = Vec::new();
    while let Some(item) = long.next().await {
        match item {
            Ok(chunk) => out.extend_from_slice(&chunk),
            Err(error) => errors.push(error.kind()),
        }
    }
    assert_eq!((&out[..], &errors[..]), (&b"abcabc"[..], &[io::ErrorKind::InvalidData][..]));
    drop(long);
    assert_eq!(seen.get(), 6);
}

#[tokio::test]
async fn a_reader_gets_every_allowed_byte_whatever_its_buffer() {
    for limit in [6, 7, 8] {
        for size in [1, 2, 3, 4, 100] {
            let mut long = LengthGuard::new(stream!["abc", "def", "ghi"], ..=limit);
            let mut out = Vec::new();
            let mut memory = vec![0; size];
            let error = loop {
                match long.read(&mut memory).await {
                    Ok(n) => out.extend_from_slice(&memory[..n]),
                    Err(error) => break error,
                }
            };
            assert_eq!(error.kind(), io::ErrorKind::InvalidData);
            assert_eq!(out, b"abcdefghi"[..usize::try_from(limit).unwrap()], "a buffer of {size}");
            assert_eq!(long.read(&mut memory).await.unwrap(), 0, "ended");
        }
    }
    let mut out = Vec::new();
    let error = LengthGuard::new(stream!["abc", "def", "ghi"], ..=6).read_to_end(&mut out).await.unwrap_err();
    assert_eq!((&out[..], error.kind()), (&b"abcdef"[..], io::ErrorKind::InvalidData));
}

#[tokio::test]
async fn a_prefix_reads_nothing_ahead() {
    let mut source = FromIter::new(["head", "er and ", "body"]);
    let mut prefix = Prefix::new(&mut source, 6);
    assert_eq!(prefix.bytes_left(), (0, Some(6)));
    let mut out = String::new();
    prefix.read_to_string(&mut out).await.unwrap();
    assert_eq!((out.as_str(), prefix.state(), prefix.bytes_left()), ("header", State::Ended, (0, Some(0))));
    assert_eq!(source.collect_bytes().await.unwrap(), " and body");
    assert_eq!(Prefix::new(stream!["short"], 100).bytes_left(), (5, Some(5)));
    assert_eq!(Prefix::new(stream!["short"], 100).collect_bytes().await.unwrap(), "short");
}
