//! A stream that must not be silent for long.

use std::future::poll_fn;
use std::io;
use std::pin::{Pin, pin};
use std::task::{Context, Poll};
use std::time::Duration;

use byte_stream::adapter::IdleTimeout;
use byte_stream::error::{TimeoutError, find};
use byte_stream::{ByteStream, ByteStreamExt, FromIter, FromStream, State};
use byte_stream_tests::views::{Got, Through};
use bytes::Bytes;
use futures::task::noop_waker_ref;
use futures_util::{StreamExt, stream};
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep, timeout};

const LIMIT: Duration = Duration::from_millis(100);

/// What somebody sends, and silence in between.
fn channel() -> (mpsc::UnboundedSender<&'static str>, impl ByteStream) {
    let (sender, mut receiver) = mpsc::unbounded_channel();
    let mut over = false;
    let stream = FromStream::new(stream::poll_fn(move |cx| {
        assert!(!over, "the stream was polled after it was too slow");
        let polled = receiver.poll_recv(cx);
        over = matches!(polled, Poll::Ready(None));
        polled
    }));
    (sender, stream)
}

fn chunk(stream: Pin<&mut impl ByteStream>) -> impl Future<Output = Option<io::Result<Bytes>>> {
    let mut stream = stream;
    poll_fn(move |cx| stream.as_mut().poll_chunk(cx, usize::MAX))
}

#[tokio::test(start_paused = true)]
async fn silence_fails_the_stream_through_every_view() {
    for through in Through::ALL {
        let (sender, stream) = channel();
        sender.send("hello").unwrap();
        let mut stream = Box::pin(IdleTimeout::new(stream, LIMIT));
        let begin = Instant::now();
        let mut get = async || poll_fn(|cx| through.poll_get(stream.as_mut(), cx, 8)).await;
        assert_eq!(get().await, Got::Bytes(b"hello".into()));
        let Got::Error(failure) = get().await else { panic!("it waits for ever") };
        assert_eq!((failure.kind, failure.payload.as_str()), (io::ErrorKind::TimedOut, "no bytes came for 100ms"));
        assert_eq!(begin.elapsed(), LIMIT, "through {through:?}");
        sender.send("too late").unwrap();
        assert_eq!(get().await, Got::End);
        assert_eq!((stream.state(), stream.bytes_left()), (State::Failed, (0, Some(0))));
    }
}

#[tokio::test(start_paused = true)]
async fn the_error_says_how_long_it_was_waited_for() {
    let (_sender, stream) = channel();
    let error = Box::pin(IdleTimeout::new(stream, LIMIT)).collect_bytes().await.unwrap_err();
    assert_eq!(find(&error), Some(&TimeoutError::Idle { waited: LIMIT }));
}

#[tokio::test(start_paused = true)]
async fn each_chunk_begins_the_time_anew() {
    let ticks = stream::iter(["a"; 50]).then(|tick| async move {
        sleep(LIMIT - Duration::from_millis(1)).await;
        tick
    });
    let bytes = Box::pin(IdleTimeout::new(FromStream::new(ticks), LIMIT)).collect_bytes().await;
    assert_eq!(bytes.unwrap(), "a".repeat(50));
}

#[tokio::test(start_paused = true)]
async fn a_slow_consumer_is_no_error() {
    let (sender, stream) = channel();
    let mut stream = pin!(IdleTimeout::new(stream, LIMIT));
    for _ in 0..3 {
        sleep(LIMIT * 10).await;
        sender.send("a").unwrap();
        assert_eq!(chunk(stream.as_mut()).await.unwrap().unwrap(), "a");
    }
    // Also one that has begun to wait, and comes back when the bytes have been there for long.
    assert!(timeout(LIMIT / 2, chunk(stream.as_mut())).await.is_err());
    sender.send("b").unwrap();
    sleep(LIMIT * 10).await;
    assert_eq!(chunk(stream.as_mut()).await.unwrap().unwrap(), "b");
    // And the end is in time too.
    assert!(timeout(LIMIT / 2, chunk(stream.as_mut())).await.is_err());
    drop(sender);
    sleep(LIMIT * 10).await;
    assert!(chunk(stream.as_mut()).await.is_none());
    assert_eq!(stream.state(), State::Ended);
}

#[tokio::test(start_paused = true)]
async fn the_time_goes_on_when_a_read_is_dropped() {
    let (_sender, stream) = channel();
    let mut stream = pin!(IdleTimeout::new(stream, LIMIT));
    let begin = Instant::now();
    for _ in 0..3 {
        assert!(timeout(LIMIT / 4, chunk(stream.as_mut())).await.is_err());
    }
    assert!(chunk(stream.as_mut()).await.unwrap().is_err());
    assert_eq!(begin.elapsed(), LIMIT);
}

#[tokio::test(start_paused = true)]
async fn what_has_been_lent_stays_lent_however_late_it_is() {
    let (sender, stream) = channel();
    sender.send("hello").unwrap();
    let mut stream = pin!(IdleTimeout::new(stream, LIMIT));
    for rest in ["hello", "ello", "llo"] {
        let lent = poll_fn(|cx| stream.as_mut().poll_peek(cx).map_ok(<[u8]>::to_vec)).await.unwrap();
        assert_eq!(lent, rest.as_bytes());
        sleep(LIMIT * 10).await;
        stream.as_mut().consume_peeked(1);
    }
    assert_eq!(chunk(stream.as_mut()).await.unwrap().unwrap(), "lo");
    assert!(chunk(stream.as_mut()).await.unwrap().is_err());
    stream.as_mut().consume_peeked(0);
}

#[tokio::test(start_paused = true)]
async fn no_time_and_endless_time_are_what_they_say() {
    let (sender, stream) = channel();
    sender.send("ready").unwrap();
    let mut none = pin!(IdleTimeout::new(stream, Duration::ZERO));
    assert_eq!(chunk(none.as_mut()).await.unwrap().unwrap(), "ready");
    assert!(chunk(none.as_mut()).await.unwrap().is_err());

    let (sender, stream) = channel();
    let mut endless = pin!(IdleTimeout::new(stream, Duration::MAX));
    assert!(timeout(Duration::from_secs(1 << 30), chunk(endless.as_mut())).await.is_err());
    sender.send("at last").unwrap();
    assert_eq!(chunk(endless.as_mut()).await.unwrap().unwrap(), "at last");
}

#[test]
fn no_runtime_is_needed_before_it_waits() {
    let mut stream = pin!(IdleTimeout::new(FromIter::new(["ready"]), LIMIT));
    let mut cx = Context::from_waker(noop_waker_ref());
    assert!(matches!(stream.as_mut().poll_chunk(&mut cx, 64), Poll::Ready(Some(Ok(_)))));
    assert!(matches!(stream.as_mut().poll_chunk(&mut cx, 64), Poll::Ready(None)));
}
