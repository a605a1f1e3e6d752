//! Under a codec, which reads as it likes and retries what it thinks it may.

use std::io;

use async_compression::futures::bufread as futures_codec;
use async_compression::tokio::bufread::{GzipEncoder, ZstdDecoder, ZstdEncoder};
use byte_stream::testing::RawStream;
use byte_stream::{FromFuturesRead, FromRead, FromStream};
use byte_stream_tests::foreign::{self, Foreign, Pulls};
use byte_stream_tests::matrix::{self, Telling};
use byte_stream_tests::script::{Payload, Script, Step};
use byte_stream_tests::sources::{Source, adapt};
use byte_stream_tests::task::drive;
use byte_stream_tests::trace::drain;
use byte_stream_tests::views::Through;
use futures_util::StreamExt;

fn chunks(script: &Script) -> FromStream<RawStream> {
    FromStream::new(foreign::stream(script, &Pulls::default()))
}

fn encoders(script: &Script) -> [Source; 3] {
    [
        Box::pin(FromRead::new(ZstdEncoder::new(chunks(script)))),
        Box::pin(FromRead::new(GzipEncoder::new(chunks(script)))),
        Box::pin(FromFuturesRead::new(futures_codec::ZstdEncoder::new(chunks(script)))),
    ]
}

#[test]
fn an_interrupted_error_of_a_stream_arrives_under_a_codec() {
    let head = Script::chunks(&[5]);
    for step in [Step::Interrupted, Step::Error(io::ErrorKind::Interrupted, "not an EINTR")] {
        let script = head.clone().then(step).and(Script::chunks(&[9]));
        for through in Through::ALL {
            for mut source in encoders(&script) {
                let _case = Telling::of((&script, through));
                let outcome = drain(&mut source, through, 7).outcome();
                assert_eq!(outcome.failure, script.promise(Foreign::Stream).failure);
            }
        }
    }
}

#[test]
fn the_original_error_is_inside_also_under_a_codec() {
    let script = Script::new([Step::Error(io::ErrorKind::Interrupted, "not an EINTR")]);
    for mut source in encoders(&script) {
        let error = drive(async {
            loop {
                if let Err(error) = source.next().await.expect("an error before the end") {
                    break error;
                }
            }
        });
        assert_eq!(error.kind(), io::ErrorKind::Other);
        assert_eq!(error.downcast::<Payload>().unwrap(), Payload("not an EINTR"));
    }
}

#[test]
fn a_round_trip_through_a_codec_gives_the_same_bytes_through_every_view() {
    for script in matrix::good() {
        for foreign in Foreign::ALL {
            for through in Through::ALL {
                for size in [7, 4096] {
                    let _case = Telling::of((&script, foreign, through, size));
                    let plain = adapt(foreign, &script, &Pulls::default());
                    let packed = FromRead::new(ZstdEncoder::new(plain));
                    let mut source: Source = Box::pin(FromRead::new(ZstdDecoder::new(packed)));
                    let outcome = drain(&mut source, through, size).outcome();
                    assert_eq!((outcome.failure, outcome.bytes), (None, script.promise(foreign).bytes));
                }
            }
        }
    }
}

#[test]
fn what_breaks_off_under_a_decoder_is_an_error() {
    let mut packed: Source = Box::pin(FromRead::new(ZstdEncoder::new(chunks(&matrix::small()))));
    let bytes = drain(&mut packed, Through::Stream, 1).outcome().bytes;
    for cut in [1, bytes.len() / 2, bytes.len() - 1] {
        let script = Script::new([Step::Chunk(bytes[..cut].to_vec().into())]);
        let mut source: Source = Box::pin(FromRead::new(ZstdDecoder::new(chunks(&script))));
        let failure = drain(&mut source, Through::Stream, 1).outcome().failure;
        assert_eq!(failure.unwrap().kind, io::ErrorKind::UnexpectedEof, "cut after {cut} bytes");
    }
}
