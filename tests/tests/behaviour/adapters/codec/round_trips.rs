//! What goes in comes out.

use byte_stream::adapter::Counter;
use byte_stream::codec::{Codec, Compress, Encoding, Level, Limits};
use byte_stream::{ByteStream, ByteStreamExt, FromStream, Inspect, State};
use byte_stream_tests::foreign::{Foreign, Pulls};
use byte_stream_tests::matrix::Telling;
use byte_stream_tests::script::{Script, Step};
use byte_stream_tests::sources::{Source, adapt};
use byte_stream_tests::task::drive;
use byte_stream_tests::trace::{drain, get};
use byte_stream_tests::views::{Got, Through};
use bytes::Bytes;
use futures::Stream;
use futures_util::StreamExt;
use proptest::collection::vec;
use proptest::prelude::*;
use tokio::io::{AsyncBufReadExt, AsyncReadExt};

use super::{CODINGS, at_once, pack, play, text, unpack, wire};

fn all() -> impl Iterator<Item = Encoding> {
    CODINGS.into_iter().chain([Encoding::Identity])
}

/// Not `Unpin`, and pending before each chunk.
fn not_unpin(data: Vec<u8>, size: usize) -> FromStream<impl Stream<Item = std::io::Result<Bytes>>> {
    FromStream::new(async_stream::stream! {
        for chunk in data.chunks(size) {
            tokio::task::yield_now().await;
            yield Ok(Bytes::copy_from_slice(chunk));
        }
    })
}

#[tokio::test]
async fn every_coding_in_wire_chunks_of_every_size() {
    let data: Vec<u8> = (0..5000_u32).flat_map(u32::to_le_bytes).collect();
    for coding in all() {
        for size in [1, 13, 4096] {
            let decoded = unpack(not_unpin(pack(&data, coding), size), coding);
            assert!(decoded.collect_vec().await.unwrap() == data, "{coding} in chunks of {size}");
            let there_and_back = unpack(Compress::new(not_unpin(data.clone(), size), coding).unwrap(), coding);
            assert!(there_and_back.collect_vec().await.unwrap() == data, "{coding} of chunks of {size}");
        }
    }
}

#[test]
fn every_coding_gives_the_same_bytes_and_trailers_through_every_view() {
    let data = text(300);
    let script = wire(&data, 13).then(Step::Trailer("x-sum", "1")).then(Step::Pending);
    for coding in all() {
        for foreign in Foreign::ALL {
            for through in Through::ALL {
                for size in [1, 7, 4096] {
                    let _case = Telling::of((coding, foreign, through, size));
                    let plain = adapt(foreign, &script, &Pulls::default());
                    let mut source: Source = Box::pin(unpack(Compress::new(plain, coding).unwrap(), coding));
                    let trace = drain(&mut source, through, size);
                    assert_eq!(trace.outcome(), script.promise(foreign));
                    trace.check_lengths();
                    for call in &trace.afterwards {
                        assert_eq!(call.after.state, State::Ended);
                    }
                }
            }
        }
    }
}

#[test]
fn an_encoder_that_is_read_in_the_smallest_pieces_comes_to_its_end() {
    const MOST: usize = 500;
    let data = text(40);
    let reset = Step::Error(std::io::ErrorKind::ConnectionReset, "reset");
    for coding in CODINGS {
        for script in [wire(&data, 11), wire(&data, 11).then(reset.clone()), at_once(&data, 11).then(reset.clone())] {
            for through in [Through::Chunk, Through::Peek, Through::TokioRead, Through::Vectored] {
                for size in 1..=8 {
                    let _case = Telling::of((coding, &script, through, size));
                    let mut source: Source = Box::pin(Compress::new(play(&script), coding).unwrap());
                    let mut packed = Vec::new();
                    while let Got::Bytes(bytes) = get(&mut source, through, size).got {
                        packed.extend(bytes);
                        assert!(packed.len() <= MOST, "no end");
                    }
                    let mut decoded = Vec::new();
                    let _ = drive(unpack(Bytes::from(packed), coding).copy_to(&mut decoded));
                    assert_eq!(decoded, data);
                }
            }
        }
    }
}

#[test]
fn the_trailers_of_what_is_compressed_come_behind_its_bytes() {
    for coding in CODINGS {
        let script = at_once(&pack(b"hello", coding), 7).then(Step::Trailer("x-sum", "1"));
        for through in Through::ALL {
            let _case = Telling::of((coding, through));
            let packed = adapt(Foreign::Body, &script, &Pulls::default());
            let mut source: Source = Box::pin(unpack(packed, coding));
            let outcome = drain(&mut source, through, 3).outcome();
            assert_eq!((outcome.failure, &outcome.bytes[..]), (None, &b"hello"[..]));
            assert_eq!(outcome.trailers["x-sum"], "1");
        }
    }
}

#[test]
fn a_stream_of_several_blocks_comes_in_full_chunks() {
    let data = text(300_000);
    for coding in CODINGS {
        let chunks: Vec<_> = drive(unpack(play(&at_once(&pack(&data, coding), 4096)), coding).collect());
        let chunks: Vec<Bytes> = chunks.into_iter().map(Result::unwrap).collect();
        assert!(chunks.len() <= 30, "{coding}: {} chunks", chunks.len());
        assert!(chunks.concat() == data);
    }
}

#[test]
fn an_encoder_of_nothing_writes_a_frame_of_nothing() {
    for coding in CODINGS {
        let packed = pack(b"", coding);
        assert!(!packed.is_empty(), "{coding}");
        assert_eq!(drive(unpack(Bytes::from(packed), coding).collect_vec()).unwrap(), b"");
    }
}

#[test]
fn the_length_is_unknown_until_the_end() {
    for coding in CODINGS {
        let mut stream = Compress::new(Bytes::from_static(b"hello"), coding).unwrap();
        assert_eq!(stream.bytes_left(), (0, None));
        drive((&mut stream).collect_vec()).unwrap();
        assert_eq!((stream.state(), stream.bytes_left()), (State::Ended, (0, Some(0))));
    }
}

#[test]
fn identity_hands_on_the_chunk_that_came_with_its_length() {
    let chunk = Bytes::from(vec![7; 100_000]);
    let out = Compress::new(chunk.clone(), Encoding::Identity).unwrap();
    let back = unpack(out, Encoding::Identity);
    let guarded = unpack(chunk.clone(), Encoding::Identity).with_limits(Limits::none().max_bytes(100_000));
    for mut stream in [Box::pin(back) as Source, Box::pin(guarded)] {
        assert_eq!(stream.bytes_left(), (100_000, Some(100_000)));
        let came = drive(StreamExt::next(&mut stream)).unwrap().unwrap();
        assert_eq!((came.as_ptr(), came.len()), (chunk.as_ptr(), chunk.len()));
    }
}

#[test]
fn lines_work_in_every_coding() {
    for coding in all() {
        let mut lines = unpack(play(&wire(&pack(b"a\nb\n", coding), 3)), coding).lines();
        assert_eq!(drive(lines.next_line()).unwrap().as_deref(), Some("a"));
        assert_eq!(drive(lines.next_line()).unwrap().as_deref(), Some("b"));
        assert_eq!(drive(lines.next_line()).unwrap(), None);
    }
}

#[test]
fn a_borrowed_source_keeps_its_rest() {
    let mut owner = Bytes::from_static(b"xyz");
    let mut one = [0];
    drive(unpack(&mut owner, Encoding::Identity).read_exact(&mut one)).unwrap();
    assert_eq!(owner, "yz");

    // A decoder takes no more than it needs, and here has not come to the end of what it was given.
    let mut packed = Bytes::from(pack(&text(100_000), Encoding::Gzip));
    let length = packed.len();
    drive(unpack(&mut packed, Encoding::Gzip).read_exact(&mut one)).unwrap();
    assert!((1..length).contains(&packed.len()), "{} of {length}", packed.len());
}

#[test]
fn the_stream_below_can_be_reached_until_all_is_over() {
    for coding in CODINGS {
        let below = || Inspect::new(Bytes::from(pack(b"hello", coding)), Counter::new());
        let mut stream = unpack(below(), coding);
        assert!(stream.get_ref().is_some() && stream.get_mut().is_some());
        assert!(std::pin::Pin::new(&mut stream).get_pin_mut().is_some());
        drive((&mut stream).collect_vec()).unwrap();
        assert!(stream.get_ref().is_none() && stream.into_inner().is_none());
        let untouched = unpack(below(), coding).into_inner().unwrap();
        assert_eq!(drive(untouched.collect_vec()).unwrap(), pack(b"hello", coding));

        let mut stream = Compress::new(Bytes::from_static(b"hello"), coding).unwrap();
        assert!(stream.get_ref().is_some() && stream.get_mut().is_some());
        assert_eq!(stream.into_inner().unwrap(), "hello");
    }
    let mut plain = unpack(Bytes::from_static(b"hello"), Encoding::Identity).with_limits(Limits::none().max_bytes(9));
    assert_eq!(plain.get_mut().unwrap(), "hello");
    assert_eq!(plain.into_inner().unwrap(), "hello");
}

#[test]
fn a_codec_taken_apart_gives_back_what_nobody_has_read() {
    use async_compression::tokio::bufread::GzipDecoder;

    let mut codec = Codec::new(Bytes::from(pack(b"hello", Encoding::Gzip)), GzipDecoder::new);
    assert_eq!(drive(codec.fill_buf()).unwrap(), b"hello");
    codec.consume(2);
    assert_eq!(codec.into_parts().unread, "llo");
}

#[test]
fn a_level_beyond_the_last_is_the_last_and_every_level_is_decoded() {
    let data = text(2000);
    for coding in all() {
        for level in [Level::Fastest, Level::Default, Level::Best, Level::Precise(i32::MIN), Level::Precise(i32::MAX)] {
            let packed = Compress::with_level(Bytes::from(data.clone()), coding, level).unwrap();
            assert!(drive(unpack(packed, coding).collect_vec()).unwrap() == data, "{coding} {level:?}");
        }
    }
}

#[test]
fn a_compressed_value_is_small() {
    assert!(size_of::<Compress<Bytes>>() < 512, "{}", size_of::<Compress<Bytes>>());
    assert!(size_of::<byte_stream::codec::Decompress<Bytes>>() < 512);
}

fn codings() -> impl Strategy<Value = Encoding> {
    prop_oneof![
        Just(Encoding::Identity),
        Just(Encoding::Gzip),
        Just(Encoding::Deflate),
        Just(Encoding::Brotli),
        Just(Encoding::Zstd)
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_in_any_chunks_come_back_out_of_any_two_codings(
        chunks in vec((vec(any::<u8>(), 0..60), 1..40_usize, any::<bool>()), 0..12),
        codings in (codings(), codings()),
        size in 1..5000_usize,
    ) {
        let steps = chunks.iter().flat_map(|(bytes, times, is_pending)| {
            let step = Step::Chunk(bytes.repeat(*times).into());
            if *is_pending { vec![Step::Pending, step] } else { vec![step] }
        });
        let script = Script::new(steps);
        let inner = Compress::new(play(&script), codings.0).unwrap();
        let outer = Compress::new(inner, codings.1).unwrap();
        let _case = Telling::of(());
        let mut source: Source = Box::pin(unpack(unpack(outer, codings.1), codings.0));
        let through = if size % 2 == 0 { Through::Chunk } else { Through::TokioRead };
        prop_assert_eq!(drain(&mut source, through, size).outcome(), script.promise(Foreign::Stream));
    }
}
