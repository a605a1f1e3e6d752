//! A channel: what goes in comes out, and no more than there is room for.

use std::future::{Future, poll_fn};
use std::io;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::task::{Context, Poll, Wake, Waker};
use std::thread;

use byte_stream::adapter::LengthGuard;
use byte_stream::error::{LengthError, find};
use byte_stream::source::SenderDropped;
use byte_stream::{ByteReceiver, ByteSender, ByteStream, ByteStreamExt, State, Trailers, channel};
use byte_stream_tests::matrix::Telling;
use byte_stream_tests::script::Payload;
use byte_stream_tests::sources::Source;
use byte_stream_tests::task::drive;
use byte_stream_tests::trace::{drain, take_trailers};
use byte_stream_tests::views::Through;
use bytes::Bytes;
use futures::FutureExt;
use futures::executor::block_on;
use http::HeaderMap;
use http_body::Body;
use static_assertions::assert_impl_all;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

/// A task that counts how often it is woken.
#[derive(Default)]
pub(super) struct Woken(AtomicUsize);

impl Woken {
    pub(super) fn task() -> (Arc<Woken>, Waker) {
        let woken = Arc::<Woken>::default();
        (Arc::clone(&woken), Waker::from(woken))
    }

    pub(super) fn times(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }
}

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

/// Sets a flag when it is dropped.
#[derive(Debug)]
pub(super) struct Flag(pub(super) Arc<AtomicBool>);

impl Drop for Flag {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl AsRef<[u8]> for Flag {
    fn as_ref(&self) -> &[u8] {
        b"owned"
    }
}

/// The next chunk, if it is there.
pub(super) fn take(stream: impl ByteStream) -> Option<io::Result<Bytes>> {
    let mut stream = pin!(stream);
    poll_fn(|cx| stream.as_mut().poll_chunk(cx, usize::MAX)).now_or_never().expect("a chunk is there, or the end")
}

fn is_pending(stream: impl ByteStream) -> bool {
    let mut stream = pin!(stream);
    poll_fn(|cx| stream.as_mut().poll_chunk(cx, usize::MAX)).now_or_never().is_none()
}

fn send(sender: &mut ByteSender, chunk: &'static str) {
    sender.send(chunk).now_or_never().expect("there is room").unwrap();
}

fn write(sender: &mut ByteSender, bytes: &[u8]) {
    sender.write_all(bytes).now_or_never().expect("there is room").unwrap();
}

#[test]
fn both_ends_may_go_to_any_thread() {
    assert_impl_all!(ByteSender: Send, Sync, Unpin);
    assert_impl_all!(ByteReceiver: Send, Sync, Unpin);
}

#[test]
fn chunks_come_out_with_the_pointers_they_went_in_with() {
    let (mut sender, mut receiver) = channel(100);
    let chunks: Vec<_> = (1..=9).map(|n| Bytes::from(vec![n; n.into()])).collect();
    for chunk in &chunks {
        sender.try_send(chunk.clone()).unwrap();
    }
    for chunk in chunks {
        let out = take(&mut receiver).unwrap().unwrap();
        assert_eq!((out.as_ptr(), out.len()), (chunk.as_ptr(), chunk.len()));
    }
}

#[test]
fn who_sends_more_than_the_capacity_waits() {
    let (mut sender, mut receiver) = channel(10);
    send(&mut sender, "123456");
    send(&mut sender, "7890");
    assert!(sender.send("x").now_or_never().is_none());
    assert_eq!(take(&mut receiver).unwrap().unwrap(), "123456");
    send(&mut sender, "x");
    assert_eq!(receiver.bytes_left(), (5, None));
    assert!(sender.send("123456").now_or_never().is_none(), "a chunk is not sent in parts");
    send(&mut sender, "12345");
}

#[test]
fn a_chunk_larger_than_the_channel_is_sent_whole_when_it_is_alone() {
    let (mut sender, mut receiver) = channel(3);
    send(&mut sender, "a whole sentence");
    assert!(sender.send("x").now_or_never().is_none());
    assert_eq!(take(&mut receiver).unwrap().unwrap(), "a whole sentence");
    send(&mut sender, "x");
    assert!(sender.send("a whole sentence").now_or_never().is_none());
    assert_eq!(take(&mut receiver).unwrap().unwrap(), "x");
    send(&mut sender, "a whole sentence");
    assert_eq!(take(&mut receiver).unwrap().unwrap(), "a whole sentence");
}

#[test]
fn a_chunk_without_bytes_is_dropped_also_when_the_channel_is_full() {
    let (mut sender, mut receiver) = channel(1);
    send(&mut sender, "");
    assert!(is_pending(&mut receiver));
    send(&mut sender, "x");
    send(&mut sender, "");
    sender.finish();
    assert_eq!(take(&mut receiver).unwrap().unwrap(), "x");
    assert_eq!(receiver.state(), State::Ended);
}

#[test]
fn a_dropped_pending_send_has_sent_nothing() {
    let (mut sender, receiver) = channel(4);
    send(&mut sender, "1234");
    {
        let mut sending = pin!(sender.send("lost"));
        assert!(sending.as_mut().now_or_never().is_none());
    }
    sender.finish();
    assert_eq!(drive(receiver.collect_bytes()).unwrap(), "1234");
}

#[test]
fn the_end_is_where_the_sender_says_so_and_known_with_the_last_chunk() {
    let (mut sender, mut receiver) = channel(10);
    send(&mut sender, "12");
    send(&mut sender, "345");
    assert_eq!((receiver.state(), receiver.bytes_left()), (State::Open, (5, None)));
    assert_eq!(Body::size_hint(&receiver).exact(), None);
    sender.finish();
    assert_eq!((receiver.state(), receiver.bytes_left()), (State::Open, (5, Some(5))));
    assert_eq!(Body::size_hint(&receiver).exact(), Some(5));
    take(&mut receiver);
    assert_eq!((receiver.state(), receiver.bytes_left()), (State::Open, (3, Some(3))));
    take(&mut receiver);
    assert_eq!((receiver.state(), receiver.bytes_left()), (State::Ended, (0, Some(0))));
}

#[test]
fn an_end_that_comes_after_the_last_chunk_was_taken_is_an_end() {
    let (mut sender, mut receiver) = channel(10);
    send(&mut sender, "12");
    take(&mut receiver);
    assert!(is_pending(&mut receiver));
    sender.finish();
    assert!(take(&mut receiver).is_none());
    assert_eq!(receiver.state(), State::Ended);
}

#[test]
fn an_error_comes_after_all_that_was_sent_and_written_through_every_view() {
    for through in Through::ALL {
        let _case = Telling::of(through);
        let (mut sender, receiver) = channel(100);
        send(&mut sender, "sent, ");
        write(&mut sender, b"written");
        sender.fail(io::Error::new(io::ErrorKind::ConnectionReset, Payload("reset")));
        assert_eq!(receiver.bytes_left(), (13, None), "or an HTTP/1 client would not ask for the error");
        let mut source: Source = Box::pin(receiver);
        let outcome = drain(&mut source, through, 4).outcome();
        assert_eq!(outcome.bytes, b"sent, written");
        assert_eq!(outcome.failure.unwrap().kind, io::ErrorKind::ConnectionReset);
        assert_eq!(source.state(), State::Failed);
    }
}

#[test]
fn an_error_is_carried_as_any_other_and_never_interrupted() {
    let (sender, mut receiver) = channel(1);
    sender.fail(io::Error::new(io::ErrorKind::Interrupted, Payload("not an EINTR")));
    let error = take(&mut receiver).unwrap().unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::Other);
    assert_eq!(error.downcast::<Payload>().unwrap(), Payload("not an EINTR"));
}

#[test]
fn a_sender_that_is_dropped_before_it_finishes_is_no_end() {
    for through in Through::ALL {
        let (mut sender, receiver) = channel(100);
        send(&mut sender, "sent, ");
        write(&mut sender, b"written");
        drop(sender);
        assert_eq!(receiver.bytes_left(), (13, None));
        let outcome = drain(&mut (Box::pin(receiver) as Source), through, 4).outcome();
        assert_eq!(outcome.bytes, b"sent, written");
        assert_eq!(outcome.failure.unwrap().kind, io::ErrorKind::UnexpectedEof);
    }
    let (sender, mut receiver) = channel(1);
    drop(sender);
    let error = take(&mut receiver).unwrap().unwrap_err();
    assert!(find::<SenderDropped>(&error).is_some());
    assert!(take(&mut receiver).is_none());
}

#[test]
fn trailers_follow_the_bytes() {
    let trailers = || {
        let mut fields = HeaderMap::new();
        fields.insert("x-sum", "1".parse().unwrap());
        Trailers::from(fields)
    };
    let (mut sender, receiver) = channel(10);
    send(&mut sender, "12");
    sender.finish_with_trailers(trailers());
    let mut source: Source = Box::pin(receiver);
    assert_eq!(take_trailers(&mut source), None, "there are none before the end of the bytes");
    assert_eq!(source.bytes_left(), (2, None), "or an HTTP/1 server would announce the length, and send no trailers");
    take(&mut source);
    assert_eq!(source.state(), State::Trailers);
    assert_eq!(take_trailers(&mut source).unwrap()["x-sum"], "1");
    assert_eq!(source.state(), State::Ended);

    // A writer that has been shut down may still add them, until the end has been seen.
    let (mut sender, receiver) = channel(10);
    drive(sender.shutdown()).unwrap();
    sender.finish_with_trailers(trailers());
    let mut source: Source = Box::pin(receiver);
    assert!(take(&mut source).is_none());
    assert_eq!(take_trailers(&mut source).unwrap()["x-sum"], "1");
}

#[test]
fn a_length_that_is_declared_is_kept_or_fails() {
    for (length, expected) in [(5, None), (6, Some(LengthError::TooShort { missing: 1 }))] {
        let (mut sender, receiver) = channel(10);
        let mut guarded = LengthGuard::exactly(receiver, length);
        assert_eq!(guarded.bytes_left(), (length, Some(length)));
        send(&mut sender, "12345");
        sender.finish();
        take(&mut guarded);
        let error = take(&mut guarded).transpose().err();
        assert_eq!(error.as_ref().and_then(|error| find::<LengthError>(error)), expected.as_ref());
    }
}

#[test]
fn a_task_that_waits_is_woken_once_for_what_it_waits_for() {
    let (mut sender, mut receiver) = channel(10);
    let (reader, reader_waker) = Woken::task();
    let (writer, writer_waker) = Woken::task();
    let mut reading = Context::from_waker(&reader_waker);
    let mut writing = Context::from_waker(&writer_waker);

    assert!(Pin::new(&mut receiver).poll_chunk(&mut reading, 9).is_pending());
    write(&mut sender, b"12");
    assert_eq!(reader.times(), 0, "what is not flushed wakes nobody");
    drive(sender.flush()).unwrap();
    drive(sender.flush()).unwrap();
    send(&mut sender, "3456");
    assert_eq!(reader.times(), 1);

    {
        let mut sending = pin!(sender.send("789012345"));
        assert!(sending.as_mut().poll(&mut writing).is_pending());
        assert!(Pin::new(&mut receiver).poll_chunk(&mut reading, 9).is_ready());
        assert_eq!(writer.times(), 0, "there is still no room for all of the chunk");
        assert!(Pin::new(&mut receiver).poll_chunk(&mut reading, 9).is_ready());
        assert_eq!(writer.times(), 1);
        assert!(sending.as_mut().poll(&mut writing).is_ready());
    }
    assert_eq!((reader.times(), writer.times()), (1, 1));
}

#[test]
fn the_waker_of_the_last_poll_is_the_one_that_counts() {
    let (mut sender, mut receiver) = channel(1);
    let (old, old_waker) = Woken::task();
    let (new, new_waker) = Woken::task();
    for waker in [&old_waker, &new_waker] {
        assert!(Pin::new(&mut receiver).poll_chunk(&mut Context::from_waker(waker), 9).is_pending());
    }
    send(&mut sender, "x");
    assert_eq!((old.times(), new.times()), (0, 1));

    let mut sending = Box::pin(sender.send("y"));
    for waker in [&old_waker, &new_waker] {
        assert!(sending.as_mut().poll(&mut Context::from_waker(waker)).is_pending());
    }
    take(&mut receiver);
    assert_eq!((old.times(), new.times()), (0, 2));
    drop(sending);

    let mut closing = Box::pin(sender.closed());
    for waker in [&old_waker, &new_waker] {
        assert!(closing.as_mut().poll(&mut Context::from_waker(waker)).is_pending());
    }
    drop(receiver);
    assert_eq!((old.times(), new.times()), (0, 3));
}

#[test]
fn when_the_receiver_is_dropped_a_pending_send_fails_and_the_chunks_are_let_go() {
    let (mut sender, receiver) = channel(1);
    let dropped = Arc::new(AtomicBool::new(false));
    sender.try_send(Bytes::from_owner(Flag(Arc::clone(&dropped)))).unwrap();
    let (woken, waker) = Woken::task();
    let mut sending = Box::pin(sender.send("y"));
    assert!(sending.as_mut().poll(&mut Context::from_waker(&waker)).is_pending());
    drop(receiver);
    assert!(dropped.load(Ordering::Relaxed), "the chunk is held by nobody");
    assert_eq!(woken.times(), 1);
    let Poll::Ready(Err(error)) = sending.as_mut().poll(&mut Context::from_waker(&waker)) else {
        panic!("sent to nobody")
    };
    assert_eq!(error.0, "y");
    assert_eq!(io::Error::from(error).kind(), io::ErrorKind::BrokenPipe);
}

#[test]
fn a_chunk_that_uses_the_channel_when_it_is_dropped_does_not_hang() {
    /// Drops a sender of the channel that it is sent through.
    struct Loop(Option<ByteSender>);
    impl AsRef<[u8]> for Loop {
        fn as_ref(&self) -> &[u8] {
            b"loop"
        }
    }
    impl Drop for Loop {
        fn drop(&mut self) {
            drop(self.0.take());
        }
    }
    /// A task that owns the sender which would wake it.
    struct Task(#[expect(dead_code, reason = "it is dropped")] std::sync::Mutex<Option<ByteSender>>);
    impl Wake for Task {
        fn wake(self: Arc<Self>) {}
    }

    let (first, receiver) = channel(100);
    let (mut second, other) = channel(100);
    second.try_send(Bytes::from_owner(Loop(Some(first)))).unwrap();
    drop(other);
    assert!(take(receiver).unwrap().is_err());

    let (sender, mut receiver) = channel(100);
    let waker = Waker::from(Arc::new(Task(Some(sender).into())));
    assert!(Pin::new(&mut receiver).poll_chunk(&mut Context::from_waker(&waker), 9).is_pending());
    drop(waker);
    // The last waker of the task is exchanged, and the task dropped with it.
    assert!(is_pending(&mut receiver));
    assert!(take(receiver).unwrap().is_err());
}

#[test]
fn after_its_end_the_receiver_holds_nothing_and_the_sender_knows() {
    let (mut sender, mut receiver) = channel(100);
    send(&mut sender, "x");
    drive(sender.shutdown()).unwrap();
    assert!(!sender.is_closed());
    take(&mut receiver);
    assert_eq!(receiver.state(), State::Ended);
    assert!(sender.is_closed());
    sender.closed().now_or_never().unwrap();
    drive(sender.shutdown()).unwrap();
}

/// Sends `total` bytes in every way, in pieces of many sizes, and reads them in pieces of many others.
async fn sending(mut sender: ByteSender, total: usize) -> io::Result<()> {
    let mut n = 0;
    let mut size = 1;
    while n < total {
        size = (size * 7 + 3) % 3001;
        let piece: Vec<u8> = (n..total.min(n + size)).map(|i| (i % 251) as u8).collect();
        n += piece.len();
        match size % 3 {
            0 => sender.send(piece).await?,
            1 => sender.write_all(&piece).await?,
            _ => {
                sender.write_all(&piece).await?;
                sender.flush().await?;
            }
        }
    }
    sender.finish();
    Ok(())
}

async fn receiving(mut receiver: ByteReceiver, total: usize) {
    let mut n = 0;
    let mut memory = vec![0; 4099];
    loop {
        let size = 1 + n % memory.len();
        let came = receiver.read(&mut memory[..size]).await.unwrap();
        for byte in &memory[..came] {
            assert_eq!(*byte, (n % 251) as u8);
            n += 1;
        }
        if came == 0 {
            break;
        }
    }
    assert_eq!(n, total);
}

const TOTAL: usize = 10_000_000;

#[test]
fn ten_megabytes_pass_through_a_kilobyte_in_one_task() {
    let (sender, receiver) = channel(1024);
    let (sent, ()) = block_on(async { futures::join!(sending(sender, TOTAL), receiving(receiver, TOTAL)) });
    sent.unwrap();
}

#[test]
fn ten_megabytes_pass_through_a_kilobyte_between_threads() {
    let (sender, receiver) = channel(1024);
    let sender = thread::spawn(move || block_on(sending(sender, TOTAL)).unwrap());
    block_on(receiving(receiver, TOTAL));
    sender.join().unwrap();
}

#[test]
fn many_channels_lose_no_wake_up_on_many_threads() {
    const CHANNELS: usize = 50;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(4).build().unwrap();
    runtime.block_on(async {
        let tasks = (0..CHANNELS).map(|n| {
            let (sender, receiver) = channel(1 + n * 37);
            let sender = tokio::spawn(sending(sender, TOTAL / CHANNELS));
            let receiver = tokio::spawn(receiving(receiver, TOTAL / CHANNELS));
            async {
                sender.await.unwrap().unwrap();
                receiver.await.unwrap();
            }
        });
        futures::future::join_all(tasks).await;
    });
}

#[test]
fn ends_that_are_dropped_at_any_time_leave_nobody_waiting() {
    const ROUNDS: usize = 2000;
    for round in 0..ROUNDS {
        let (mut sender, mut receiver) = channel(8);
        let sending = thread::spawn(move || {
            block_on(async {
                for n in 0.. {
                    // Odd rounds drop the sender, even ones the receiver.
                    if round % 2 == 1 && n == round % 17 {
                        return;
                    }
                    if sender.send(vec![7; 1 + n % 11]).await.is_err() {
                        sender.closed().await;
                        return;
                    }
                }
            });
        });
        block_on(async {
            for n in 0.. {
                let item = poll_fn(|cx| Pin::new(&mut receiver).poll_chunk(cx, 5)).await;
                if round % 2 == 0 && n == round % 17 {
                    return drop(receiver);
                }
                if let Err(error) = item.expect("it was not finished") {
                    assert_eq!(error.kind(), io::ErrorKind::UnexpectedEof);
                    return;
                }
            }
        });
        sending.join().unwrap();
    }
}

#[tokio::test]
async fn a_sender_that_always_finds_room_gives_other_tasks_their_turn() {
    const CHUNKS: usize = 1000;
    let chunk = Bytes::from(vec![7; 64 * 1024]);
    let (mut sender, receiver) = channel(usize::MAX);
    let turns = Arc::new(AtomicUsize::new(0));
    let counting = Arc::clone(&turns);
    let other = tokio::spawn(async move {
        loop {
            counting.fetch_add(1, Ordering::Relaxed);
            tokio::task::yield_now().await;
        }
    });
    tokio::spawn(async move {
        for _ in 0..CHUNKS {
            sender.send(chunk.clone()).await.unwrap();
        }
    })
    .await
    .unwrap();
    other.abort();
    // A turn is 128 units of 16 KiB at most, and a chunk costs no more than one.
    assert!(turns.load(Ordering::Relaxed) >= CHUNKS / 128, "{turns:?}");
    drop(receiver);
}

#[test]
#[should_panic(expected = "a channel for 0 bytes was asked for")]
fn a_channel_without_room_is_refused() {
    let _ = channel(0);
}
