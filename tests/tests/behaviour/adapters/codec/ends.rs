//! Where a stream in a coding ends, and where it only breaks off.

use std::io;

use async_compression::tokio::bufread::{BrotliDecoder, GzipDecoder, ZlibDecoder, ZstdDecoder};
use byte_stream::codec::{Codec, Encoding};
use byte_stream::{ByteStream, ByteStreamExt, State};
use byte_stream_tests::matrix::Telling;
use byte_stream_tests::script::{Failure, Script, Step};
use byte_stream_tests::sources::Source;
use byte_stream_tests::task::drive;
use byte_stream_tests::trace::drain;
use byte_stream_tests::views::Through;
use bytes::Bytes;

use super::{CODINGS, OF_MEMBERS, at_once, pack, play, text, unpack, wire};

const RESET: Step = Step::Error(io::ErrorKind::ConnectionReset, "reset");

fn reset() -> Option<Failure> {
    Some(Failure { kind: io::ErrorKind::ConnectionReset, payload: "reset".into() })
}

/// A decoder as async-compression makes it.
fn plain_decoder(script: &Script, coding: Encoding) -> Source {
    let stream = play(script);
    match coding {
        Encoding::Gzip => Box::pin(Codec::new(stream, GzipDecoder::new)),
        Encoding::Deflate => Box::pin(Codec::new(stream, ZlibDecoder::new)),
        Encoding::Brotli => Box::pin(Codec::new(stream, BrotliDecoder::new)),
        Encoding::Zstd => Box::pin(Codec::new(stream, ZstdDecoder::new)),
        other => panic!("{other} has no decoder"),
    }
}

fn decoders(script: &Script, coding: Encoding) -> [Source; 2] {
    [plain_decoder(script, coding), Box::pin(unpack(play(script), coding))]
}

#[test]
fn what_breaks_off_anywhere_is_an_unexpected_end() {
    let data = text(200);
    for coding in CODINGS {
        let packed = pack(&data, coding);
        for cut in 1..packed.len() {
            for through in [Through::Chunk, Through::Peek, Through::TokioRead] {
                for script in [wire(&packed[..cut], 7), at_once(&packed[..cut], 4096)] {
                    for mut source in decoders(&script, coding) {
                        let _case = Telling::of((coding, cut, through));
                        let outcome = drain(&mut source, through, 16).outcome();
                        assert_eq!(outcome.failure.unwrap().kind, io::ErrorKind::UnexpectedEof);
                        assert!(data.starts_with(&outcome.bytes));
                        assert_eq!(source.state(), State::Failed);
                    }
                }
            }
        }
    }
}

#[test]
fn a_second_member_that_breaks_off_is_an_unexpected_end() {
    for coding in OF_MEMBERS {
        let one = pack(b"hello ", coding);
        let two = [one.clone(), pack(b"world", coding)].concat();
        for cut in one.len() + 1..two.len() {
            let mut source: Source = Box::pin(unpack(play(&wire(&two[..cut], 7)), coding));
            let outcome = drain(&mut source, Through::Chunk, 16).outcome();
            assert_eq!(outcome.failure.unwrap().kind, io::ErrorKind::UnexpectedEof, "{coding}, cut at {cut}");
            assert!(outcome.bytes.starts_with(b"hello "));
        }
    }
}

#[test]
fn nothing_is_a_stream_of_nothing_in_http_and_an_unexpected_end_elsewhere() {
    for coding in CODINGS {
        for script in [Script::default(), Script::new([Step::EMPTY, Step::Pending, Step::EMPTY])] {
            for through in Through::ALL {
                let _case = Telling::of((coding, through));
                let [mut strict, mut http] = decoders(&script, coding);
                let failure = drain(&mut strict, through, 16).outcome().failure;
                assert_eq!(failure.unwrap().kind, io::ErrorKind::UnexpectedEof);
                let outcome = drain(&mut http, through, 16).outcome();
                assert_eq!((outcome.failure, outcome.bytes.len()), (None, 0));
                assert_eq!(http.state(), State::Ended);
            }
        }
        // Not so if it is because the stream failed.
        let mut source: Source = Box::pin(unpack(play(&Script::new([RESET])), coding));
        assert_eq!(drain(&mut source, Through::Stream, 1).outcome().failure, reset());
    }
}

#[test]
fn bytes_behind_the_end_are_invalid_data() {
    for coding in CODINGS {
        for garbage in [&b"g"[..], b"\0", b"garbage that is longer than a header of any of these"] {
            let bytes = [&pack(b"hello", coding), garbage].concat();
            for script in [wire(&bytes, 5), at_once(&bytes, 4096)] {
                for through in Through::ALL {
                    for mut source in decoders(&script, coding) {
                        let _case = Telling::of((coding, garbage, through));
                        let outcome = drain(&mut source, through, 16).outcome();
                        assert_eq!(outcome.bytes, b"hello", "what came before it is delivered");
                        let kind = outcome.failure.unwrap().kind;
                        // One byte may be the beginning of a frame, for whoever takes several.
                        let truncated = garbage.len() == 1 && kind == io::ErrorKind::UnexpectedEof;
                        assert!(kind == io::ErrorKind::InvalidData || truncated, "{kind}");
                        assert_eq!(source.state(), State::Failed);
                    }
                }
            }
        }
    }
}

#[test]
fn several_members_are_one_stream() {
    for coding in OF_MEMBERS {
        let members = [pack(b"hello ", coding), pack(b"", coding), pack(b"world", coding)].concat();
        for size in [1, 13, 4096] {
            for script in [wire(&members, size), at_once(&members, size)] {
                for through in Through::ALL {
                    let _case = Telling::of((coding, size, through));
                    let mut source: Source = Box::pin(unpack(play(&script), coding));
                    let outcome = drain(&mut source, through, 3).outcome();
                    assert_eq!((outcome.failure, &outcome.bytes[..]), (None, &b"hello world"[..]));
                }
            }
        }
    }
}

#[test]
fn a_second_member_is_too_much_for_a_decoder_of_one() {
    for coding in CODINGS {
        let members = [pack(b"hello ", coding), pack(b"world", coding)].concat();
        let mut source = plain_decoder(&wire(&members, 13), coding);
        let outcome = drain(&mut source, Through::Stream, 1).outcome();
        assert_eq!(outcome.bytes, b"hello ");
        assert_eq!(outcome.failure.unwrap().kind, io::ErrorKind::InvalidData, "{coding}");
    }
}

#[test]
fn a_transport_that_breaks_behind_the_last_frame_is_an_error() {
    for coding in CODINGS {
        let packed = pack(b"hello", coding);
        for script in [wire(&packed, 7), at_once(&packed, 4096), wire(&packed, 1)] {
            for through in Through::ALL {
                for mut source in decoders(&script.clone().then(RESET), coding) {
                    let _case = Telling::of((coding, through));
                    let outcome = drain(&mut source, through, 16).outcome();
                    assert_eq!((&outcome.bytes[..], outcome.failure), (&b"hello"[..], reset()));
                    assert_eq!(source.state(), State::Failed);
                }
            }
        }
    }
}

#[test]
fn the_end_is_not_said_before_the_stream_below_has_said_it() {
    for coding in CODINGS {
        let script = at_once(&pack(b"hello", coding), 4096).then(Step::Pending).then(Step::EMPTY).then(Step::Pending);
        for through in Through::ALL {
            for mut source in decoders(&script, coding) {
                let _case = Telling::of((coding, through));
                let trace = drain(&mut source, through, 16);
                assert_eq!(trace.calls[0].after.state, State::Open, "bytes or an error may come");
                assert_eq!((trace.outcome().failure, trace.outcome().bytes), (None, b"hello".into()));
            }
        }
    }
}

#[test]
fn a_frame_in_a_chunk_of_many_is_read_to_the_end_of_the_last() {
    let body = Bytes::from(pack(b"hello", Encoding::Deflate));
    let mut stream = unpack(body, Encoding::Deflate);
    assert_eq!(drive((&mut stream).collect_bytes()).unwrap(), "hello");
    assert_eq!(stream.state(), State::Ended);
}
