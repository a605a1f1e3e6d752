//! A stream that something else may stop.

use std::future::{Future, poll_fn, ready};
use std::io;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};

use byte_stream::adapter::StopWhen;
use byte_stream::error::find;
use byte_stream::{BoxError, ByteStream, ByteStreamExt, FromIter, FromRead, FromStream, State};
use byte_stream_tests::foreign::{Foreign, Pulls};
use byte_stream_tests::matrix::{self, Telling};
use byte_stream_tests::script::{Payload, Script, Step};
use byte_stream_tests::sources::{Source, adapt};
use byte_stream_tests::task::{drive, poll_once};
use byte_stream_tests::trace::{drain, get};
use byte_stream_tests::views::{Got, Through};
use futures_util::{FutureExt, StreamExt};
use tokio::sync::oneshot;
use tokio_util::sync::CancellationToken;

/// Ready at the poll with this number, or never. Panics if it is polled after that.
struct Countdown {
    polls: Arc<AtomicUsize>,
    ready: Option<usize>,
    /// Shared as long as the future is there.
    _there: Arc<()>,
}

impl Countdown {
    fn new(ready: Option<usize>) -> (Self, Arc<AtomicUsize>, Arc<()>) {
        let (polls, there) = <(Arc<AtomicUsize>, Arc<()>)>::default();
        (Countdown { polls: Arc::clone(&polls), ready, _there: Arc::clone(&there) }, polls, there)
    }
}

impl Future for Countdown {
    type Output = Payload;

    fn poll(self: Pin<&mut Self>, _cx: &mut Context<'_>) -> Poll<Payload> {
        let polls = self.polls.fetch_add(1, Ordering::Relaxed) + 1;
        assert!(self.ready.is_none_or(|ready| polls <= ready), "a future was polled after it was ready");
        if self.ready == Some(polls) { Poll::Ready(Payload("stopped")) } else { Poll::Pending }
    }
}

fn is_there(there: &Arc<()>) -> bool {
    Arc::strong_count(there) > 1
}

#[test]
fn a_stream_that_is_always_ready_is_stopped_through_every_view() {
    for through in Through::ALL {
        let (stop, polls, there) = Countdown::new(Some(4));
        let endless = FromIter::new(std::iter::repeat("tick"));
        let mut source: Source = Box::pin(StopWhen::new(endless, stop));
        let _case = Telling::of(through);
        let trace = drain(&mut source, through, 4);
        let failure = trace.outcome().failure.unwrap();
        assert_eq!((failure.kind, failure.payload.as_str()), (io::ErrorKind::Other, "stopped"));
        assert_eq!(trace.calls.len(), 4, "three calls that brought bytes, and the error");
        assert!(trace.afterwards.iter().all(|call| call.got == Got::End && call.after.state == State::Failed));
        assert_eq!((polls.load(Ordering::Relaxed), is_there(&there)), (4, false));
        assert_eq!(source.bytes_left(), (0, Some(0)));
    }
}

#[test]
fn the_future_is_polled_before_the_stream_and_not_before_somebody_reads() {
    for foreign in Foreign::ALL {
        for through in Through::ALL {
            let (stop, polls, _there) = Countdown::new(Some(1));
            let pulls = Pulls::default();
            let mut source: Source = Box::pin(StopWhen::new(adapt(foreign, &matrix::small(), &pulls), stop));
            assert_eq!(polls.load(Ordering::Relaxed), 0);
            assert!(matches!(get(&mut source, through, 8).got, Got::Error(_)));
            assert_eq!(get(&mut source, through, 8).got, Got::End);
            assert_eq!((pulls.count(), polls.load(Ordering::Relaxed)), (0, 1));
        }
    }
}

#[test]
fn the_future_goes_with_the_last_byte_or_the_end_or_an_error_of_the_stream() {
    let good = Script::new([Step::Pending, Step::Chunk("ab".into())]);
    let bad = good.clone().then(Step::Error(io::ErrorKind::ConnectionReset, "reset"));
    for script in [good, bad] {
        for foreign in Foreign::ALL {
            for through in Through::ALL {
                let _case = Telling::of((&script, foreign, through));
                let (stop, _, there) = Countdown::new(None);
                let mut source: Source = Box::pin(StopWhen::new(adapt(foreign, &script, &Pulls::default()), stop));
                while is_there(&there) {
                    let call = get(&mut source, through, 1);
                    assert_eq!(is_there(&there), call.after.state == State::Open);
                }
            }
        }
    }
    let (stop, _, there) = Countdown::new(None);
    let ended = StopWhen::new(byte_stream::stream![], stop);
    assert!(!is_there(&there), "a stream that has ended is not watched");
    assert_eq!(ended.state(), State::Ended);
}

#[test]
fn what_was_lent_may_be_read_after_the_stop_and_polls_nothing() {
    let (stop, polls, _there) = Countdown::new(Some(2));
    let mut source: Source = Box::pin(StopWhen::new(FromIter::new(["hello", "world"]), stop));
    for rest in ["hello", "ello", "llo"] {
        for _ in 0..2 {
            let lent = drive(poll_fn(|cx| source.as_mut().poll_peek(cx).map_ok(<[u8]>::to_vec))).unwrap();
            assert_eq!((lent, polls.load(Ordering::Relaxed)), (rest.as_bytes().to_vec(), 1));
        }
        source.as_mut().consume_peeked(1);
    }
    assert_eq!(get(&mut source, Through::ReadInto, 1).got, Got::Bytes(b"l".into()));
    assert_eq!(get(&mut source, Through::Chunk, 1).got, Got::Bytes(b"o".into()));
    assert_eq!(polls.load(Ordering::Relaxed), 1);
    assert!(matches!(get(&mut source, Through::Peek, 1).got, Got::Error(_)));
    source.as_mut().consume_peeked(0);
}

#[test]
fn what_stands_above_and_looks_first_polls_the_future_once() {
    let (stop, polls, _there) = Countdown::new(None);
    let stopping = StopWhen::new(FromIter::new(["hello"]), stop);
    let mut source: Source = Box::pin(byte_stream::SyncByteStream::new(byte_stream::View::new(stopping)));
    assert_eq!(get(&mut source, Through::Peek, 8).got, Got::Bytes(b"hello".into()));
    assert_eq!(polls.load(Ordering::Relaxed), 1);
}

async fn error_of<E: Into<BoxError>>(stop: impl Future<Output = E> + Unpin) -> io::Error {
    StopWhen::new(FromIter::new(["hello"]), stop).collect_bytes().await.unwrap_err()
}

#[test]
fn the_output_is_carried_as_any_error_that_enters() {
    assert_eq!(drive(error_of(ready("enough"))).to_string(), "enough");
    let reset = drive(error_of(ready(io::Error::from(io::ErrorKind::ConnectionReset))));
    assert_eq!((reset.kind(), reset.get_ref().is_none()), (io::ErrorKind::ConnectionReset, true));
    let interrupted = drive(error_of(ready(io::Error::new(io::ErrorKind::Interrupted, Payload("stop")))));
    assert_eq!((interrupted.kind(), find(&interrupted)), (io::ErrorKind::Other, Some(&Payload("stop"))));
    let boxed: BoxError = Payload("boxed").into();
    assert_eq!(drive(error_of(ready(boxed))).downcast::<Payload>().unwrap(), Payload("boxed"));
}

#[test]
fn a_stream_that_fails_first_fails_with_its_own_error() {
    let (stop, _, _there) = Countdown::new(Some(2));
    let mut source: Source = Box::pin(StopWhen::new(FromIter::new([Err::<&str, _>("its own")]), stop));
    let failure = drain(&mut source, Through::Stream, 1).outcome().failure.unwrap();
    assert_eq!(failure.payload, "its own");
}

#[test]
fn a_read_that_waits_is_woken_by_the_stop() {
    let (stop, stopped) = oneshot::channel::<&str>();
    let silent = FromStream::new(futures_util::stream::pending::<&str>());
    let mut source = StopWhen::new(silent, stopped.map(|stopped| stopped.unwrap_or("nobody is there")));
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let error = runtime.block_on(async {
        let reading = source.next();
        let (item, ()) = tokio::join!(reading, async {
            tokio::task::yield_now().await;
            stop.send("enough").unwrap();
        });
        item.unwrap().unwrap_err()
    });
    assert_eq!(error.to_string(), "enough");
}

#[test]
fn a_cancelled_token_stops_a_download_from_a_reader() {
    #[derive(Debug, thiserror::Error)]
    #[error("the server shuts down")]
    struct Shutdown;

    let token = CancellationToken::new();
    let cancelled = token.clone().cancelled_owned().map(|()| Shutdown);
    let mut source = pin!(StopWhen::new(FromRead::new(tokio::io::repeat(7)), cancelled));
    let mut chunk = || drive(poll_fn(|cx| source.as_mut().poll_chunk(cx, 100))).unwrap();
    assert_eq!(chunk().unwrap(), [7; 100][..]);
    token.cancel();
    assert!(chunk().unwrap_err().downcast::<Shutdown>().is_ok());
}

#[test]
fn a_pending_read_that_is_dropped_loses_neither_the_bytes_nor_the_future() {
    let (stop, polls, there) = Countdown::new(None);
    let script = Script::chunks(&[3]);
    let mut source = StopWhen::new(adapt(Foreign::Stream, &script, &Pulls::default()), stop);
    assert!(poll_once(pin!(source.next())).is_pending());
    assert_eq!((polls.load(Ordering::Relaxed), is_there(&there)), (1, true));
    assert_eq!(drive(source.collect_bytes()).unwrap(), [0, 1, 2][..]);
}

#[test]
fn a_read_that_waits_after_lent_bytes_were_taken_below_is_stopped() {
    let (stop, polls, _there) = Countdown::new(None);
    let silent = futures_util::stream::iter(["lent"]).chain(futures_util::stream::pending());
    let mut source = StopWhen::new(FromStream::new(silent), stop);
    drive(poll_fn(|cx| Pin::new(&mut source).poll_peek(cx).map_ok(<[u8]>::len))).unwrap();
    Pin::new(source.get_mut()).consume_peeked(4);
    assert!(source.next().now_or_never().is_none());
    assert_eq!(polls.load(Ordering::Relaxed), 2, "nobody would wake the reader");
}
