//! `stream!`: each step, as the literal plays it and as the raw sources do.

use std::io;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use byte_stream::literal::Step;
use byte_stream::testing::{Script, conformance, drive, task};
use byte_stream::{
    BoxError, ByteStream, ByteStreamExt, FromBody, FromRead, FromStream, State, StreamLiteral, assert_bytes,
    assert_chunks, assert_error, error, stream,
};
use bytes::Bytes;
use futures_util::{StreamExt, TryStreamExt};
use http_body_util::BodyExt;
use tokio::io::AsyncReadExt;

const EVERYTHING_WRITTEN: StreamLiteral<7> =
    stream!["text", b"bytes", b"ab" * 3, pending, pending * 2, error(ConnectionReset), panic];

#[derive(Debug, thiserror::Error, PartialEq)]
#[error("no such bucket")]
struct NoSuchBucket;

#[test]
fn a_literal_without_expressions_is_a_const() {
    assert_error!(EVERYTHING_WRITTEN, after b"textbytesababab", ConnectionReset);
    const TRAILERS: StreamLiteral<2> = stream!["body", trailers { "x-crc": "1" }];
    let collected = drive(BodyExt::collect(TRAILERS)).unwrap();
    assert_eq!(collected.trailers().unwrap()["x-crc"], "1");
}

#[test]
fn the_chunks_are_those_that_are_written() {
    let name = String::from("three");
    let literal = || stream!["one", b"", b"two" * 2, { name.clone() }, { vec![b'!'] } * { 1 + 1 }];
    assert_chunks!(literal(), ["one", "two", "two", "three", "!", "!"]);
    assert_chunks!(literal().raw_stream(), ["one", "", "two", "two", "three", "!", "!"]);
    assert_eq!(literal().bytes_left(), (16, Some(16)));
}

#[test]
fn a_repetition_is_lazy() {
    let chunk = Bytes::from(vec![7; 1 << 20]);
    let endless = stream![{ chunk.clone() } * { usize::MAX }];
    assert_eq!(endless.bytes_left(), (u64::MAX, Some(u64::MAX)));
    let mut endless = pin!(endless);
    for _ in 0..3 {
        let came = drive(endless.next()).unwrap().unwrap();
        assert_eq!(came.as_ptr(), chunk.as_ptr());
    }
}

#[test]
fn chunks_are_split_without_a_copy() {
    let chunk = Bytes::from_static(b"abcdefghij");
    assert_chunks!(stream![{ chunk.clone() }, "", "xy"].split_by(4), ["abcd", "efgh", "ij", "xy"]);
    let mut split = stream![{ chunk.clone() }].split_by(4);
    drive(split.next()).unwrap().unwrap();
    assert_eq!(drive(split.next()).unwrap().unwrap().as_ptr(), chunk[4..].as_ptr());
}

#[test]
fn pending_wakes_the_task_and_hang_does_not() {
    let mut stream = stream!["a", pending * 3, "b", hang];
    let mut polls = 0;
    let bytes = drive(std::future::poll_fn(|cx| {
        polls += 1;
        let taken = std::task::ready!(stream.poll_next_unpin(cx));
        if taken.as_ref().is_some_and(|chunk| chunk.as_ref().is_ok_and(|chunk| chunk == "b")) {
            Poll::Ready(taken)
        } else {
            cx.waker().wake_by_ref();
            Poll::Pending
        }
    }));
    assert_eq!(bytes.unwrap().unwrap(), "b");
    assert_eq!(polls, 5);
    let hanging = task::poll_once(pin!(stream.next()));
    assert!(hanging.result.is_pending() && !hanging.woken);
}

#[test]
fn pending_is_woken_on_any_runtime() {
    for runtime in [tokio::runtime::Builder::new_current_thread(), tokio::runtime::Builder::new_multi_thread()] {
        let mut runtime = runtime;
        let bytes = runtime.build().unwrap().block_on(stream!["a", pending * 3, "b"].collect_bytes());
        assert_eq!(bytes.unwrap(), "ab");
    }
}

#[test]
#[should_panic = "a waker was lost, the stream hangs"]
fn a_hang_fails_the_test_that_drives_it() {
    assert_bytes!(stream!["a", hang], "a");
}

#[test]
#[should_panic = "it was polled where it must not be"]
fn panic_panics_where_it_is_polled() {
    assert_bytes!(stream!["a", panic], "a");
}

#[test]
fn what_stands_before_a_panic_can_be_read() {
    let mut stream = stream!["abc", panic];
    let mut three = [0; 3];
    drive(stream.read_exact(&mut three)).unwrap();
    assert_eq!(&three, b"abc");
}

#[test]
fn an_error_keeps_what_it_is() {
    let error = assert_error!(stream!["a", error({ NoSuchBucket })], after b"a", Other);
    assert_eq!(error.downcast::<NoSuchBucket>().unwrap(), NoSuchBucket);
    let timed_out = io::Error::new(io::ErrorKind::TimedOut, NoSuchBucket);
    let error = assert_error!(stream![error({ timed_out })], after b"", TimedOut);
    assert!(error::find::<NoSuchBucket>(&error).is_some());
}

#[test]
fn as_a_byte_stream_nothing_comes_after_an_error() {
    let mut stream = stream![error(TimedOut), "more"];
    assert!(drive(stream.next()).unwrap().is_err());
    assert_eq!(drive(stream.next()).map(|item| item.is_ok()), None);
    assert_eq!(stream.state(), State::Failed);
}

#[test]
fn a_raw_source_hands_out_what_stands_behind_an_error() {
    let mut raw = stream![error(TimedOut), "more"].raw_stream();
    assert!(drive(raw.next()).unwrap().is_err());
    assert_eq!(drive(raw.next()).unwrap().unwrap(), "more");
    assert!(drive(raw.next()).is_none());
}

#[test]
fn every_raw_source_panics_if_it_is_polled_after_its_end() {
    let ends: [(&str, fn()); 4] = [
        ("stream", || {
            let mut raw = stream![].raw_stream();
            drive(raw.next());
            drive(raw.next());
        }),
        ("iter", || {
            let mut raw = stream!["a", error(TimedOut)].raw_iter();
            (0..3).for_each(|_| drop(raw.next()));
        }),
        ("reader", || {
            let mut raw = stream![].raw_reader();
            drive(raw.read_u8()).unwrap_err();
            drive(raw.read_u8()).unwrap_err();
        }),
        ("body", || {
            let mut raw = stream![].raw_body();
            drive(raw.frame());
            drive(raw.frame());
        }),
    ];
    for (name, end) in ends {
        let panic = std::panic::catch_unwind(end).unwrap_err();
        let message = panic.downcast_ref::<String>().unwrap();
        assert_eq!(message, "a raw source was polled after its end or its error", "{name}");
    }
}

#[test]
#[should_panic = "read into an empty buffer"]
fn a_raw_reader_panics_if_it_is_read_into_an_empty_buffer() {
    let mut raw = stream!["a"].raw_reader();
    drive(raw.read(&mut [])).unwrap();
}

#[test]
fn an_interrupted_reader_goes_on() {
    let raw = || stream!["a", error(Interrupted), "b", error(Interrupted)].raw_reader();
    assert_bytes!(FromRead::new(raw()), "ab");
    let mut raw = raw();
    assert_eq!(drive(raw.read_u8()).unwrap(), b'a');
    assert_eq!(drive(raw.read(&mut [0])).unwrap_err().kind(), io::ErrorKind::Interrupted);
}

#[test]
fn a_raw_body_lies_about_its_length_and_our_adapter_notices() {
    let short = || stream!["hello"].declared(100);
    assert_eq!(http_body::Body::size_hint(&short().raw_body()).exact(), Some(100));
    assert_error!(FromBody::new(short().raw_body()), after b"hello", UnexpectedEof);
    assert_error!(short(), after b"hello", UnexpectedEof);
    let long = || stream!["hel", "lo"].declared(4);
    assert_error!(FromBody::new(long().raw_body()), after b"hel", InvalidData);
    assert_error!(long(), after b"hel", InvalidData);
    assert_bytes!(stream!["hello"].undeclared(), "hello");
}

#[test]
fn trailers_come_after_the_bytes_wherever_they_are_written() {
    let sum = 7.to_string();
    let literal = || stream!["a", trailers { "x-sum": {sum.as_str()}, "x-crc": "1" }, "b", trailers { "X-Crc": "2" }];
    for collected in [drive(BodyExt::collect(literal())), drive(BodyExt::collect(FromBody::new(literal().raw_body())))]
    {
        let collected = collected.unwrap();
        let trailers = collected.trailers().unwrap();
        assert_eq!(trailers["x-sum"], "7");
        assert_eq!(trailers.get_all("x-crc").iter().collect::<Vec<_>>(), ["1", "2"]);
        assert_eq!(collected.to_bytes(), "ab");
    }
}

#[test]
fn a_typed_literal_has_its_error_on_its_faces() {
    let typed = || stream!["a", error({ "broken" })].typed::<BoxError>();
    let error: BoxError = drive(typed().try_collect::<Vec<_>>()).unwrap_err();
    assert_eq!(error.to_string(), "broken");
    let error: BoxError = drive(typed().raw_stream().try_collect::<Vec<_>>()).unwrap_err();
    assert_eq!(error.to_string(), "broken");
    let error: BoxError = drive(BodyExt::collect(typed().raw_body())).unwrap_err();
    assert_eq!(error.to_string(), "broken");
    assert_error!(FromStream::new(typed().raw_stream()), after b"a", Other);
}

#[tokio::test(start_paused = true)]
async fn a_paced_literal_waits_before_each_chunk() {
    let minute = Duration::from_secs(60);
    let start = tokio::time::Instant::now();
    assert_chunks!(await stream!["one", "two" * 2, "four"].paced(minute), ["one", "two", "two", "four"]);
    assert_eq!(start.elapsed(), 4 * minute);
    assert_bytes!(await stream!["ab"].split_by(1).paced(minute).raw_reader(), "ab");
    assert_eq!(start.elapsed(), 6 * minute);
}

#[test]
fn a_computed_script_plays_the_same() {
    let steps = || [Step::Chunk("ab".into()), Step::Pending(1), Step::Repeat("c".into(), 2)];
    assert_chunks!(Script::new(steps()).raw_stream(), ["ab", "c", "c"]);
    assert_chunks!(Script::new(steps()).split_by(1).raw_stream(), ["a", "b", "c", "c"]);
    assert_chunks!(Script::new(steps()).raw_body(), ["ab", "c", "c"]);
}

#[test]
fn the_literal_keeps_the_whole_contract() {
    conformance(|| stream![], "");
    conformance(|| stream![b"", pending, b"" * 3], "");
    conformance(|| stream!["a", b"", pending * 2, "bc" * 5, pending].split_by(3), "abcbcbcbcbc");
    conformance(|| stream!["hello, ", pending, "world"].undeclared(), "hello, world");
}

#[test]
fn an_empty_literal_is_at_its_end() {
    assert_eq!(stream![].state(), State::Ended);
    assert_eq!(stream![b"", "" * 3, pending * 0].state(), State::Ended);
    assert_eq!(stream![pending].state(), State::Open);
}

#[test]
fn counts_how_often_a_raw_source_was_polled() {
    let raw = stream!["a", pending, "b"].raw_stream();
    let pulls = raw.pulls();
    let mut stream = pin!(FromStream::new(raw));
    assert_eq!(pulls.count(), 0);
    let mut cx = Context::from_waker(Waker::noop());
    assert!(stream.poll_next_unpin(&mut cx).is_ready());
    assert_eq!(pulls.count(), 1);
    drive(stream.collect_bytes()).unwrap();
    assert_eq!(pulls.count(), 4);
}

#[test]
fn a_literal_that_fails_or_has_trailers_announces_no_exact_length() {
    // A client of HTTP/1 would stop asking there, and take the half for the whole.
    assert_eq!(stream![b"half", error(ConnectionReset)].bytes_left(), (4, None));
    assert_eq!(stream!["all", trailers { "x-crc": "1" }].bytes_left(), (3, None));
    assert_eq!(stream!["never", hang].bytes_left(), (5, None));
    assert_eq!(stream!["all", pending, "of it"].bytes_left(), (8, Some(8)));
}
