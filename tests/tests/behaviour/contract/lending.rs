//! What is lent stays until it is consumed.

use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};

use byte_stream::{ByteStream, State};
use byte_stream_tests::foreign::Foreign;
use byte_stream_tests::matrix::{self, for_each_source};
use byte_stream_tests::sources::Source;
use byte_stream_tests::task::{drive, drive_counting};
use byte_stream_tests::trace::{Says, get};
use byte_stream_tests::views::{Got, Through};

fn peek(source: &mut Source) -> &[u8] {
    drive(poll_fn(|cx| source.as_mut().poll_peek(cx).map_ok(|_| ()))).unwrap();
    let (again, polls) = drive_counting(async {
        // Peeking again lends the same, and here for as long as `source` is borrowed.
        let mut source = Some(source.as_mut());
        poll_fn(move |cx| source.take().expect("ready at once").poll_peek(cx)).await
    });
    assert_eq!(polls, 1, "peeking again was `Pending`");
    again.unwrap()
}

#[test]
fn peeking_again_lends_the_same_bytes_and_polls_nothing() {
    for_each_source([matrix::small(), matrix::large()], |case, mut source| {
        let mut came = 0;
        loop {
            let lent = peek(&mut source);
            let (pointer, len) = (lent.as_ptr(), lent.len());
            let (pulls, says) = (case.pulls.count(), Says::of(&source));
            let again = peek(&mut source);
            assert_eq!((again.as_ptr(), again.len()), (pointer, len));
            assert_eq!((case.pulls.count(), Says::of(&source)), (pulls, says));
            if len == 0 {
                break;
            }
            source.as_mut().consume_peeked(len.div_ceil(2));
            came += len.div_ceil(2);
        }
        assert_eq!(came as u64, case.script.len());
    });
}

#[test]
fn what_is_not_consumed_is_lent_again_and_nothing_more_is_polled() {
    for_each_source([matrix::large()], |case, mut source| {
        let lent = peek(&mut source).to_vec();
        let pulls = case.pulls.count();
        source.as_mut().consume_peeked(1);
        assert_eq!(peek(&mut source), &lent[1..]);
        source.as_mut().consume_peeked(lent.len() - 2);
        assert_eq!(peek(&mut source), &lent[lent.len() - 1..]);
        assert_eq!(case.pulls.count(), pulls);
    });
}

#[test]
fn lent_bytes_are_not_the_end() {
    for_each_source([matrix::small()], |case, mut source| {
        for expected in case.promise().bytes {
            assert_eq!(peek(&mut source)[0], expected);
            assert_eq!(source.state(), State::Open);
            source.as_mut().consume_peeked(1);
        }
        assert!(peek(&mut source).is_empty());
        assert_ne!(source.state(), State::Open);
    });
}

#[test]
fn to_consume_nothing_is_always_allowed() {
    for_each_source(matrix::all(), |case, mut source| {
        source.as_mut().consume_peeked(0);
        while let Ok(1..) = drive(poll_fn(|cx| source.as_mut().poll_peek(cx).map_ok(<[u8]>::len))) {
            source.as_mut().consume_peeked(0);
            source.as_mut().consume_peeked(1);
            source.as_mut().consume_peeked(0);
        }
        source.as_mut().consume_peeked(0);
        assert!(case.foreign == Foreign::Iter || case.script.is_empty() || source.state() != State::Open);
    });
}

#[test]
fn what_was_lent_and_then_read_is_no_longer_lent() {
    for_each_source([matrix::small()], |case, mut source| {
        let mut came = 0;
        while came + 22 < case.script.len() {
            came += get_one(&mut source);
        }
        let lent = peek(&mut source).len();
        let mut left = case.script.len() - came;
        for _ in 0..lent {
            left -= get_one(&mut source);
            assert!(source.bytes_left().0 <= left, "{:?} for {left}", source.bytes_left());
        }
        let panicked = catch_unwind(AssertUnwindSafe(|| source.as_mut().consume_peeked(1)));
        assert!(panicked.is_err(), "nothing is lent any more");
    });
}

/// Reads a byte.
fn get_one(source: &mut Source) -> u64 {
    match get(source, Through::ReadInto, 1).got {
        Got::Bytes(bytes) => bytes.len() as u64,
        other => panic!("{other:?}"),
    }
}

#[test]
fn to_consume_more_than_was_lent_panics_and_says_so() {
    for_each_source([matrix::small()], |_, mut source| {
        let lent = peek(&mut source).len();
        let panicked = catch_unwind(AssertUnwindSafe(|| source.as_mut().consume_peeked(lent + 1)));
        let message = *panicked.unwrap_err().downcast::<String>().unwrap();
        assert_eq!(message, format!("{} bytes were consumed, but only {lent} were lent", lent + 1));
    });
}
