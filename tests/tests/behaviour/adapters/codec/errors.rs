//! Whose error it was.

use std::io;

use byte_stream::codec::{Compress, Encoding};
use byte_stream::{ByteStream, ByteStreamExt, FromStream, State, error};
use byte_stream_tests::foreign::{self, Foreign, Pulls};
use byte_stream_tests::matrix::Telling;
use byte_stream_tests::script::{Failure, Payload, Script, Step};
use byte_stream_tests::sources::{Source, adapt};
use byte_stream_tests::task::drive;
use byte_stream_tests::trace::drain;
use byte_stream_tests::views::Through;
use bytes::Bytes;

use super::{CODINGS, at_once, pack, play, text, unpack, wire};

const RESET: Step = Step::Error(io::ErrorKind::ConnectionReset, "reset");

fn reset() -> Option<Failure> {
    Some(Failure { kind: io::ErrorKind::ConnectionReset, payload: "reset".into() })
}

/// The bytes, and the error that ended them.
fn collect(mut stream: impl ByteStream + Unpin) -> (Vec<u8>, io::Result<()>) {
    let mut out = Vec::new();
    let ended = drive(stream.copy_to(&mut out)).map(|_| ());
    (out, ended)
}

#[test]
fn an_error_in_the_middle_comes_out_of_an_encoder_behind_all_bytes_before_it() {
    let data = text(500);
    for coding in CODINGS {
        for script in [wire(&data, 13).then(RESET), at_once(&data, 13).then(RESET)] {
            for foreign in Foreign::ALL {
                for through in Through::ALL {
                    let _case = Telling::of((coding, foreign, through));
                    let plain = adapt(foreign, &script, &Pulls::default());
                    let mut source: Source = Box::pin(Compress::new(plain, coding).unwrap());
                    let packed = drain(&mut source, through, 16).outcome();
                    assert_eq!((packed.failure, source.state()), (reset(), State::Failed));
                    let (decoded, ended) = collect(unpack(Bytes::from(packed.bytes), coding));
                    assert!(decoded == data, "{} of {} bytes", decoded.len(), data.len());
                    assert_eq!(ended.unwrap_err().kind(), io::ErrorKind::UnexpectedEof, "it has not ended well");
                }
            }
        }
    }
}

#[test]
fn an_error_in_the_middle_comes_out_of_a_decoder() {
    let packed = pack(&text(500), Encoding::Gzip).len() / 2;
    for coding in CODINGS {
        let data = text(500);
        let packed = &pack(&data, coding)[..packed.min(60)];
        for script in [wire(packed, 13).then(RESET), at_once(packed, 13).then(RESET)] {
            for through in Through::ALL {
                let _case = Telling::of((coding, through));
                let mut source: Source = Box::pin(unpack(play(&script), coding));
                let outcome = drain(&mut source, through, 16).outcome();
                assert_eq!((outcome.failure, source.state()), (reset(), State::Failed));
                assert!(data.starts_with(&outcome.bytes));
            }
        }
    }
}

#[test]
fn the_very_error_of_the_source_comes_out_above_two_codecs() {
    for coding in CODINGS {
        for (kind, expected) in
            [(io::ErrorKind::TimedOut, io::ErrorKind::TimedOut), (io::ErrorKind::Interrupted, io::ErrorKind::Other)]
        {
            let script = at_once(b"hello", 2).then(Step::Error(kind, "slow"));
            let (bytes, ended) = collect(unpack(Compress::new(play(&script), coding).unwrap(), coding));
            let error = ended.unwrap_err();
            assert_eq!((&bytes[..], error.kind()), (&b"hello"[..], expected), "{coding}");
            assert_eq!(error.downcast::<Payload>().unwrap(), Payload("slow"));
        }
    }
}

#[test]
fn an_error_that_comes_first_comes_alone() {
    for coding in CODINGS {
        for through in Through::ALL {
            let script = Script::new([RESET]);
            for mut source in [
                Box::pin(Compress::new(play(&script), coding).unwrap()) as Source,
                Box::pin(unpack(play(&script), coding)),
            ] {
                let outcome = drain(&mut source, through, 16).outcome();
                assert_eq!((outcome.failure, outcome.bytes.len()), (reset(), 0), "{coding} {through:?}");
            }
        }
    }
}

#[test]
fn what_is_not_in_the_coding_is_invalid_data() {
    for coding in CODINGS {
        for size in [1, 100] {
            for through in Through::ALL {
                let script = wire(b"This is no compressed stream of any kind that is known to anybody.", size);
                let mut source: Source = Box::pin(unpack(play(&script), coding));
                let failure = drain(&mut source, through, 16).outcome().failure.unwrap();
                assert_eq!(failure.kind, io::ErrorKind::InvalidData, "{coding} in chunks of {size}: {failure:?}");
            }
        }
    }
}

#[test]
fn a_damaged_bit_is_never_the_same_stream() {
    let data = text(200);
    for coding in CODINGS {
        let packed = pack(&data, coding);
        for at in 0..packed.len() {
            for bit in 0..8 {
                let mut damaged = packed.clone();
                damaged[at] ^= 1 << bit;
                let (bytes, ended) = collect(unpack(Bytes::from(damaged), coding));
                if let Err(error) = &ended {
                    let kinds = [io::ErrorKind::InvalidData, io::ErrorKind::UnexpectedEof];
                    assert!(kinds.contains(&error.kind()), "{coding}, bit {bit} of byte {at}: {error:?}");
                } else if coding != Encoding::Brotli {
                    // A bit of the header that says nothing of the bytes, where the others have a checksum.
                    assert!(bytes == data, "{coding}, bit {bit} of byte {at}");
                }
            }
        }
    }
}

#[test]
fn a_typed_error_is_found_and_taken_out_above_a_codec() {
    #[derive(Debug, PartialEq, thiserror::Error)]
    #[error("no such bucket")]
    struct NoSuchBucket(u32);

    for coding in CODINGS {
        let chunks = futures_util::stream::iter([Ok("hello"), Err(NoSuchBucket(7))]);
        let (_, ended) = collect(Compress::new(FromStream::new(chunks), coding).unwrap());
        let error = ended.unwrap_err();
        assert_eq!(error::find(&error), Some(&NoSuchBucket(7)));
        assert_eq!(error::take::<NoSuchBucket>(error).unwrap(), NoSuchBucket(7));
    }
}

#[test]
fn a_stream_that_had_failed_before_is_not_encoded_as_a_good_one() {
    for coding in CODINGS {
        let script = at_once(b"hello", 5).then(RESET);
        let mut failed = FromStream::new(foreign::stream(&script, &Pulls::default()));
        drive((&mut failed).collect_vec()).unwrap_err();
        assert!(collect(Compress::new(failed, coding).unwrap()).1.is_err(), "{coding}");
    }
}
