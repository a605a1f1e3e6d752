//! The length never lies.

use std::future::poll_fn;
use std::io;

use byte_stream::error::LengthError;
use byte_stream::{ByteStream, FromBody, State};
use byte_stream_tests::foreign::{self, Foreign, Pulls};
use byte_stream_tests::matrix::{self, Telling, for_each_case, for_each_source};
use byte_stream_tests::script::Script;
use byte_stream_tests::sources::{Source, Wrapped};
use byte_stream_tests::task::drive;
use byte_stream_tests::trace::{drain, get};
use byte_stream_tests::views::{Got, Through};
use http_body::{Body, SizeHint};

#[test]
fn what_is_delivered_is_within_the_bounds_that_were_given() {
    for_each_case(matrix::all(), |case| case.drain().check_lengths());
}

#[test]
fn lent_bytes_count_as_left() {
    for_each_source([matrix::small()], |_, mut source| {
        let lent = drive(poll_fn(|cx| source.as_mut().poll_peek(cx).map_ok(<[u8]>::len))).unwrap();
        let (least, most) = source.bytes_left();
        assert!(least >= lent as u64 && most.is_none_or(|most| most >= least));
        source.as_mut().consume_peeked(1);
        assert!(source.bytes_left().0 >= lent as u64 - 1);
    });
}

#[test]
fn an_announced_length_is_passed_on_and_counts_down() {
    for_each_case([matrix::small(), matrix::large()], |case| {
        // What judges the whole withholds the upper bound, what comes late is unknown before, and a codec makes its own length.
        let unknown = [Wrapped::Judged, Wrapped::Late, Wrapped::Coded].contains(&case.wrapped);
        if !matches!(case.foreign, Foreign::SizedBody | Foreign::File) || unknown {
            return;
        }
        let mut source = case.open();
        let mut left = case.script.len();
        loop {
            assert_eq!(source.bytes_left(), (left, Some(left)));
            assert_eq!(Body::size_hint(&source).exact(), Some(left));
            let Got::Bytes(bytes) = get(&mut source, case.through, case.size).got else { break };
            left -= bytes.len() as u64;
        }
        assert_eq!(left, 0);
    });
}

#[test]
fn a_stream_counts_items_and_not_bytes() {
    for_each_source([matrix::small()], |case, mut source| {
        let sized = matches!(case.foreign, Foreign::SizedBody | Foreign::File);
        let at_least = usize::from(sized && ![Wrapped::Late, Wrapped::Coded].contains(&case.wrapped));
        assert_eq!(futures_util::Stream::size_hint(&source), (at_least, None));
        drain(&mut source, Through::Stream, 1);
        assert_eq!(futures_util::Stream::size_hint(&source), (0, Some(0)));
    });
}

/// A body of eight bytes in chunks of two that says something else.
fn announcing(hint: SizeHint, wrapped: Wrapped) -> Source {
    let body = foreign::body(&Script::chunks(&[2, 2, 2, 2]), &Pulls::default()).announcing(hint);
    let body = FromBody::new(body);
    match wrapped {
        Wrapped::Sync => Box::pin(byte_stream::SyncByteStream::new(body)),
        Wrapped::Boxed => Box::pin(byte_stream::BoxByteStream::new(body)),
        Wrapped::View => Box::pin(byte_stream::View::new(body)),
        _ => Box::pin(body),
    }
}

fn between(least: u64, most: Option<u64>) -> SizeHint {
    let mut hint = SizeHint::new();
    if let Some(most) = most {
        hint.set_upper(most);
    }
    hint.set_lower(least);
    hint
}

#[test]
fn a_length_that_is_not_kept_is_an_error() {
    let short = |missing| (8, io::ErrorKind::UnexpectedEof, LengthError::TooShort { missing }.to_string());
    let long = |came, limit| (came, io::ErrorKind::InvalidData, LengthError::TooLong { limit }.to_string());
    for (hint, (came, kind, message)) in [
        (between(9, None), short(1)),
        (SizeHint::with_exact(10), short(2)),
        (between(100, Some(200)), short(92)),
        (SizeHint::with_exact(0), long(0, 0)),
        (SizeHint::with_exact(1), long(0, 1)),
        (SizeHint::with_exact(7), long(6, 7)),
        (between(0, Some(6)), long(6, 6)),
    ] {
        for wrapped in [Wrapped::Bare, Wrapped::Sync, Wrapped::Boxed, Wrapped::View] {
            for through in Through::ALL {
                for size in [1, 3, 4096] {
                    let _case = Telling::of((&hint, wrapped, through, size));
                    let outcome = drain(&mut announcing(hint, wrapped), through, size).outcome();
                    assert_eq!(outcome.bytes.len(), came, "the excess is never handed out");
                    let failure = outcome.failure.expect("a length that was not kept");
                    assert_eq!((failure.kind, &failure.payload), (kind, &message));
                }
            }
        }
    }
}

#[test]
fn the_payload_says_which_way_the_length_was_wrong() {
    for (announced, expected) in [(9, LengthError::TooShort { missing: 1 }), (1, LengthError::TooLong { limit: 1 })] {
        let mut source = announcing(SizeHint::with_exact(announced), Wrapped::Bare);
        let error = loop {
            match drive(poll_fn(|cx| source.as_mut().poll_chunk(cx, 8))).unwrap() {
                Ok(_) => {}
                Err(error) => break error,
            }
        };
        assert_eq!(error.downcast::<LengthError>().unwrap(), expected);
        assert_eq!((source.state(), source.bytes_left()), (State::Failed, (0, Some(0))));
    }
}

#[test]
fn a_length_that_is_kept_is_none() {
    for hint in [SizeHint::new(), SizeHint::with_exact(8), between(8, None), between(0, Some(8)), between(3, Some(90))]
    {
        for through in Through::ALL {
            let outcome = drain(&mut announcing(hint, Wrapped::Bare), through, 3).outcome();
            assert_eq!((outcome.bytes.len(), outcome.failure), (8, None));
        }
    }
}

#[test]
fn a_body_that_knows_its_end_is_not_asked_for_it() {
    let script = Script::new([byte_stream_tests::script::Step::Chunk("all".into())]);
    for through in Through::ALL {
        let pulls = Pulls::default();
        let mut source = Wrapped::Bare.open(Foreign::SizedBody, &script, &pulls);
        assert_eq!(get(&mut source, through, 8).got, Got::Bytes(b"all".into()));
        assert_eq!((source.state(), pulls.count()), (State::Ended, 1), "through {through:?}");
    }
}
