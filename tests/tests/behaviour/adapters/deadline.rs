//! A stream that must end in time.

use std::future::poll_fn;
use std::io;
use std::pin::pin;
use std::task::{Context, Poll};
use std::time::Duration;

use byte_stream::adapter::Deadline;
use byte_stream::error::{TimeoutError, find};
use byte_stream::{ByteStream, ByteStreamExt, FromIter, FromStream, State, stream};
use byte_stream_tests::views::{Got, Through};
use futures::task::noop_waker_ref;
use futures_util::StreamExt;
use tokio::time::{Instant, advance, sleep};

const ALLOWED: Duration = Duration::from_millis(100);

/// A chunk each so many milliseconds, for ever.
fn ticking(millis: u64) -> impl ByteStream + Send {
    let ticks = futures_util::stream::repeat("tick").then(move |tick| async move {
        sleep(Duration::from_millis(millis)).await;
        tick
    });
    FromStream::new(ticks)
}

/// Ready for ever, and not to be polled once `over` says so.
fn always_ready(over: impl Fn() -> bool + Send) -> impl ByteStream + Send {
    FromIter::new(std::iter::from_fn(move || {
        assert!(!over(), "the stream was polled after its deadline");
        Some("tick")
    }))
}

#[tokio::test(start_paused = true)]
async fn a_stream_that_goes_on_fails_at_its_deadline_through_every_view() {
    for through in Through::ALL {
        let mut stream = Box::pin(Deadline::after(ticking(30), ALLOWED));
        let begin = Instant::now();
        let mut get = async || poll_fn(|cx| through.poll_get(stream.as_mut(), cx, 4)).await;
        for _ in 0..3 {
            assert_eq!(get().await, Got::Bytes(b"tick".into()));
        }
        let Got::Error(failure) = get().await else { panic!("it goes on for ever") };
        assert_eq!(
            (failure.kind, failure.payload.as_str()),
            (io::ErrorKind::TimedOut, "the stream had not ended after 100ms")
        );
        assert_eq!(begin.elapsed(), ALLOWED, "through {through:?}");
        sleep(ALLOWED).await;
        assert_eq!(get().await, Got::End);
        assert_eq!((stream.state(), stream.bytes_left()), (State::Failed, (0, Some(0))));
    }
}

#[tokio::test(start_paused = true)]
async fn a_stream_that_is_always_ready_is_stopped_and_a_slow_consumer_spends_the_time() {
    for through in Through::ALL {
        let deadline = Instant::now() + ALLOWED;
        let mut stream = Box::pin(Deadline::new(always_ready(move || Instant::now() >= deadline), deadline));
        let mut came = 0;
        let failure = loop {
            match poll_fn(|cx| through.poll_get(stream.as_mut(), cx, 4)).await {
                Got::Bytes(bytes) => came += bytes.len(),
                Got::Error(failure) => break failure,
                other => panic!("{other:?}"),
            }
            assert!(came < 1000, "nobody stops it");
            advance(Duration::from_millis(10)).await;
        };
        assert_eq!((failure.kind, Instant::now()), (io::ErrorKind::TimedOut, deadline), "through {through:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_time_counts_from_when_it_was_set_and_not_from_the_first_read() {
    let stream = Box::pin(Deadline::after(ticking(1), ALLOWED));
    sleep(ALLOWED).await;
    let error = stream.collect_bytes().await.unwrap_err();
    assert_eq!(find(&error), Some(&TimeoutError::Deadline { allowed: ALLOWED }));
}

#[tokio::test(start_paused = true)]
async fn an_instant_says_how_long_the_stream_was_allowed_to_take() {
    sleep(ALLOWED).await;
    let stream = Box::pin(Deadline::new(ticking(1), Instant::now() + ALLOWED));
    let error = stream.collect_bytes().await.unwrap_err();
    assert_eq!(find(&error), Some(&TimeoutError::Deadline { allowed: ALLOWED }));
}

#[tokio::test(start_paused = true)]
async fn what_was_lent_in_time_may_be_read_later() {
    let mut stream = pin!(Deadline::after(stream!["hello", "world"], ALLOWED));
    for rest in ["hello", "ello"] {
        let lent = poll_fn(|cx| stream.as_mut().poll_peek(cx).map_ok(<[u8]>::to_vec)).await.unwrap();
        assert_eq!(lent, rest.as_bytes());
        sleep(ALLOWED).await;
        stream.as_mut().consume_peeked(1);
    }
    let chunk = poll_fn(|cx| stream.as_mut().poll_chunk(cx, 8)).await;
    assert_eq!(chunk.unwrap().unwrap(), "llo");
    assert!(poll_fn(|cx| stream.as_mut().poll_peek(cx).map_ok(<[u8]>::len)).await.is_err());
    assert_eq!(poll_fn(|cx| stream.as_mut().poll_peek(cx).map_ok(<[u8]>::len)).await.unwrap(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_stream_that_has_ended_in_time_stays_so() {
    let mut stream = Deadline::after(stream!["hello"], ALLOWED);
    assert_eq!(stream.next().await.unwrap().unwrap(), "hello");
    assert_eq!(stream.state(), State::Ended);
    sleep(ALLOWED * 2).await;
    assert!(stream.next().await.is_none());
    assert_eq!(stream.state(), State::Ended);

    let mut empty = Deadline::after(stream![], Duration::ZERO);
    assert!(empty.next().await.is_none());
    assert_eq!(empty.state(), State::Ended);
}

#[tokio::test(start_paused = true)]
async fn a_time_that_never_ends_is_no_panic() {
    let mut stream = Box::pin(Deadline::after(ticking(1 << 40), Duration::MAX));
    assert_eq!(stream.next().await.unwrap().unwrap(), "tick");
}

#[test]
fn no_runtime_is_needed_before_it_waits() {
    let mut cx = Context::from_waker(noop_waker_ref());
    let mut stream = pin!(Deadline::after(stream!["hello"], Duration::MAX));
    assert!(matches!(stream.as_mut().poll_chunk(&mut cx, 8), Poll::Ready(Some(Ok(_)))));

    let mut late = pin!(Deadline::new(always_ready(|| true), std::time::Instant::now()));
    let Poll::Ready(Some(Err(error))) = late.as_mut().poll_chunk(&mut cx, 8) else { panic!("it is not too late") };
    assert_eq!(find(&error), Some(&TimeoutError::Deadline { allowed: Duration::ZERO }));
}
