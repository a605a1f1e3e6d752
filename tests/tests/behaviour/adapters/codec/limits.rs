//! Bombs, and what asks for too much memory.

use std::io;
use std::iter;

use async_compression::Level;
use async_compression::tokio::bufread::ZstdEncoder;
use async_compression::zstd::CParameter;
use byte_stream::codec::{Codec, Compress, Encoding, LimitError, Limits};
use byte_stream::error::{LengthError, find};
use byte_stream::{ByteStream, ByteStreamExt, FromIter, State};
use byte_stream_tests::matrix::Telling;
use byte_stream_tests::sources::Source;
use byte_stream_tests::task::drive;
use byte_stream_tests::trace::drain;
use byte_stream_tests::views::Through;
use bytes::Bytes;

use super::{CODINGS, OF_MEMBERS, at_once, pack, play, text, unpack, wire};

const MIB: usize = 1 << 20;

fn limit_of(error: &io::Error) -> LimitError {
    assert_eq!(error.kind(), io::ErrorKind::InvalidData);
    *find(error).expect("a `LimitError`")
}

#[test]
fn a_bomb_stops_at_the_limit_with_every_byte_before_it_in_every_view() {
    for coding in CODINGS {
        let script = at_once(&pack(&vec![0; 100_000], coding), 13);
        for through in Through::ALL {
            for size in [7, 4096] {
                let _case = Telling::of((coding, through, size));
                let limited = unpack(play(&script), coding).with_limits(Limits::none().max_bytes(20_001));
                let mut source: Source = Box::pin(limited);
                let outcome = drain(&mut source, through, size).outcome();
                assert_eq!(outcome.bytes, [0; 20_001]);
                let failure = outcome.failure.unwrap();
                assert_eq!(failure.payload, LimitError::TooLong { limit: 20_001 }.to_string());
                assert_eq!((failure.kind, source.state()), (io::ErrorKind::InvalidData, State::Failed));
            }
        }
    }
}

#[test]
fn exactly_the_limit_is_fine_and_one_byte_more_is_not() {
    for coding in CODINGS {
        for length in [1, 100, 70_000] {
            let packed = Bytes::from(pack(&vec![7; length], coding));
            let max = |limit: usize| Limits::none().max_bytes(limit as u64);
            let exact = unpack(packed.clone(), coding).with_limits(max(length));
            assert_eq!(drive(exact.collect_vec()).unwrap().len(), length);
            let error = drive(unpack(packed, coding).with_limits(max(length - 1)).collect_vec()).unwrap_err();
            assert_eq!(limit_of(&error), LimitError::TooLong { limit: length as u64 - 1 });
        }
        let nothing = unpack(Bytes::from(pack(b"", coding)), coding).with_limits(Limits::none().max_bytes(0));
        assert_eq!(drive(nothing.collect_vec()).unwrap(), b"");
    }
}

#[test]
fn a_bomb_without_an_end_ends() {
    for coding in OF_MEMBERS {
        let member = Bytes::from(pack(&vec![0; MIB], coding));
        let endless = || FromIter::new(iter::repeat_with(|| member.clone()));
        for limits in [Limits::none().max_bytes(4 * MIB as u64), Limits::none().max_ratio(10, MIB as u64)] {
            let mut out = Vec::new();
            let error = drive(unpack(endless(), coding).with_limits(limits).copy_to(&mut out)).unwrap_err();
            limit_of(&error);
            assert!(out.len() <= 4 * MIB, "{coding}: {}", out.len());
        }
    }
}

#[test]
fn a_ratio_counts_what_the_decoder_took_and_leaves_small_streams_alone() {
    for coding in CODINGS {
        let dense = Bytes::from(pack(&vec![0; 100_000], coding));
        let ratio = (100_000 / dense.len()) as u64;
        let limited = |limits| drive(unpack(dense.clone(), coding).with_limits(limits).collect_vec());
        let error = limited(Limits::none().max_ratio(ratio / 4, 1000)).unwrap_err();
        assert_eq!(limit_of(&error), LimitError::TooDense { ratio: ratio / 4 });
        assert_eq!(limited(Limits::none().max_ratio(ratio / 4, 100_000)).unwrap().len(), 100_000, "the grace");
        assert_eq!(limited(Limits::none().max_ratio(ratio + 1, 0)).unwrap().len(), 100_000, "{coding}: the ratio");

        let honest = text(100_000);
        let packed = play(&wire(&pack(&honest, coding), 1000));
        let limited = unpack(packed, coding).with_limits(Limits::none().max_ratio(20, 0).max_bytes(100_000));
        assert!(drive(limited.collect_vec()).unwrap() == honest, "{coding}");
    }
}

#[test]
fn an_error_before_the_limit_is_that_error() {
    for coding in CODINGS {
        let packed = pack(&text(1000), coding);
        let cut = Bytes::copy_from_slice(&packed[..packed.len() - 1]);
        let error = drive(unpack(cut, coding).with_limits(Limits::none().max_bytes(1000)).collect_vec()).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::UnexpectedEof, "{coding}");
    }
}

#[test]
fn what_is_not_compressed_may_have_as_many_bytes() {
    let stream = |limit| unpack(Bytes::from_static(b"hello"), Encoding::Identity).with_limits(limit);
    assert_eq!(drive(stream(Limits::none().max_bytes(5)).collect_bytes()).unwrap(), "hello");
    assert_eq!(drive(stream(Limits::none().max_ratio(0, 0)).collect_bytes()).unwrap(), "hello");
    let error = drive(stream(Limits::none().max_bytes(4)).collect_bytes()).unwrap_err();
    assert_eq!(find(&error), Some(&LengthError::TooLong { limit: 4 }));
    let again = stream(Limits::none().max_bytes(4)).with_limits(Limits::none());
    assert_eq!(drive(again.collect_bytes()).unwrap(), "hello", "the last limits hold");
}

/// A frame of zstd with a window of this size, whose length it does not know beforehand.
fn zstd_with_window(log: u32) -> impl ByteStream {
    let params = [CParameter::window_log(log)];
    let plain = play(&wire(b"hello", 2));
    Codec::new(plain, move |input| ZstdEncoder::with_quality_and_params(input, Level::Fastest, &params))
}

#[test]
fn a_window_of_zstd_larger_than_8_mib_is_refused() {
    assert_eq!(drive(unpack(zstd_with_window(23), Encoding::Zstd).collect_vec()).unwrap(), b"hello");
    for log in [24, 27] {
        let error = drive(unpack(zstd_with_window(log), Encoding::Zstd).collect_vec()).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::InvalidData, "a window of 2^{log}: {error}");
    }
}

#[test]
fn the_best_level_of_zstd_keeps_to_a_window_of_8_mib() {
    use byte_stream::codec::Level;
    for level in [Level::Best, Level::Precise(22)] {
        let packed = Compress::with_level(play(&wire(b"hello", 2)), Encoding::Zstd, level).unwrap();
        assert_eq!(drive(unpack(packed, Encoding::Zstd).collect_vec()).unwrap(), b"hello");
    }
}

#[test]
fn a_large_window_of_brotli_is_refused() {
    // Wbits of 30, and a first byte that has the bit which says no such thing: both are invalid in `br`.
    for head in [[0x11, 0x1e], [0x91, 0x1e]] {
        for size in [1, 2] {
            let error = drive(unpack(play(&wire(&head, size)), Encoding::Brotli).collect_vec()).unwrap_err();
            assert_eq!(error.kind(), io::ErrorKind::InvalidData);
            assert_eq!(error.to_string(), "the window of the brotli stream is too large");
        }
    }
}
