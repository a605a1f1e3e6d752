//! A sender as a writer, in both worlds.

use std::future::poll_fn;
use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use byte_stream::source::TrySendError;
use byte_stream::{ByteReceiver, ByteSender, ByteStream, ByteStreamExt, State, channel};
use byte_stream_tests::task::drive;
use bytes::Bytes;
use futures::FutureExt;
use tokio::io::{AsyncWrite, AsyncWriteExt};

use super::channel::{Flag, Woken, take};

/// One write of either world, at once or not.
fn write(world: usize, sender: &mut ByteSender, bytes: &[u8]) -> Option<io::Result<usize>> {
    let sender = Pin::new(sender);
    let mut cx = Context::from_waker(std::task::Waker::noop());
    let polled = match world {
        0 => AsyncWrite::poll_write(sender, &mut cx, bytes),
        _ => futures::AsyncWrite::poll_write(sender, &mut cx, bytes),
    };
    match polled {
        Poll::Ready(written) => Some(written),
        Poll::Pending => None,
    }
}

fn flush(world: usize, sender: &mut ByteSender) -> io::Result<()> {
    match world {
        0 => drive(AsyncWriteExt::flush(sender)),
        _ => drive(futures::AsyncWriteExt::flush(sender)),
    }
}

fn shut_down(world: usize, sender: &mut ByteSender) -> io::Result<()> {
    match world {
        0 => drive(AsyncWriteExt::shutdown(sender)),
        _ => drive(futures::AsyncWriteExt::close(sender)),
    }
}

fn is_pending(receiver: &mut ByteReceiver) -> bool {
    poll_fn(|cx| Pin::new(&mut *receiver).poll_chunk(cx, usize::MAX)).now_or_never().is_none()
}

fn in_both_worlds(test: impl Fn(usize, ByteSender, ByteReceiver), capacity: usize) {
    for world in 0..2 {
        let (sender, receiver) = channel(capacity);
        test(world, sender, receiver);
    }
}

#[test]
fn small_writes_are_gathered_until_they_are_flushed() {
    let test = |world, mut sender: ByteSender, mut receiver: ByteReceiver| {
        for byte in b"gathered" {
            assert_eq!(write(world, &mut sender, &[*byte]).unwrap().unwrap(), 1);
        }
        assert!(is_pending(&mut receiver));
        assert_eq!(receiver.bytes_left(), (8, None), "it will come");
        flush(world, &mut sender).unwrap();
        assert_eq!(take(&mut receiver).unwrap().unwrap(), "gathered");
        flush(world, &mut sender).unwrap();
        assert!(is_pending(&mut receiver), "a flush of nothing is no chunk");
    };
    in_both_worlds(test, 100);
}

#[test]
fn a_write_takes_what_there_is_room_for_and_then_waits() {
    let test = |world, mut sender: ByteSender, mut receiver: ByteReceiver| {
        assert_eq!(write(world, &mut sender, b"1234567").unwrap().unwrap(), 7);
        assert_eq!(write(world, &mut sender, b"8901234").unwrap().unwrap(), 3);
        assert!(write(world, &mut sender, b"1").is_none());
        assert_eq!(take(&mut receiver).unwrap().unwrap(), "1234567890");
        assert_eq!(write(world, &mut sender, b"1").unwrap().unwrap(), 1);
    };
    in_both_worlds(test, 10);
}

#[test]
fn a_full_channel_goes_out_without_a_flush() {
    let (mut sender, mut receiver) = channel(10);
    let (woken, waker) = Woken::task();
    assert!(Pin::new(&mut receiver).poll_chunk(&mut Context::from_waker(&waker), 100).is_pending());
    // A chunk that is sent leaves no room for a whole block.
    sender.try_send("1234").unwrap();
    assert_eq!(woken.times(), 1);
    take(&mut receiver);
    assert!(Pin::new(&mut receiver).poll_chunk(&mut Context::from_waker(&waker), 100).is_pending());
    write(0, &mut sender, b"1234").unwrap().unwrap();
    assert_eq!(woken.times(), 1);
    // What waits for room that only the reader can make lets the reader know.
    assert!(sender.send("1234567").now_or_never().is_none());
    assert_eq!(woken.times(), 2);
    assert_eq!(take(&mut receiver).unwrap().unwrap(), "1234");
    sender.send("1234567").now_or_never().unwrap().unwrap();
    write(0, &mut sender, b"123").unwrap().unwrap();
    take(&mut receiver);
    assert_eq!(take(&mut receiver).unwrap().unwrap(), "123", "the channel was full");
}

#[test]
fn what_is_refused_for_want_of_room_lets_the_reader_see_what_is_there() {
    let (mut sender, mut receiver) = channel(10);
    write(0, &mut sender, b"1234").unwrap().unwrap();
    assert!(is_pending(&mut receiver));
    assert_eq!(sender.try_send("1234567"), Err(TrySendError::Full("1234567".into())));
    assert_eq!(take(&mut receiver).unwrap().unwrap(), "1234");
    assert_eq!(sender.try_send("1234567"), Ok(()));
}

#[test]
fn blocks_are_full_and_no_larger() {
    const BLOCK: usize = 64 * 1024;
    let (mut sender, mut receiver) = channel(usize::MAX);
    let expected: Vec<u8> = (0..5 * BLOCK + 100).map(|i| (i % 251) as u8).collect();
    for piece in expected.chunks(1000) {
        write(0, &mut sender, piece).unwrap().unwrap();
    }
    sender.finish();
    let mut came = Vec::new();
    while let Some(chunk) = take(&mut receiver) {
        let chunk = chunk.unwrap();
        assert!(chunk.len() == BLOCK || chunk.len() == 100, "{}", chunk.len());
        came.extend_from_slice(&chunk);
    }
    assert!(came == expected);
}

#[test]
fn a_rest_of_a_block_is_not_cut_small() {
    const BLOCK: usize = 64 * 1024;
    let (mut sender, mut receiver) = channel(usize::MAX);
    // All but a sliver of the block goes out, and is kept by the consumer.
    write(0, &mut sender, &vec![1; BLOCK - 10]).unwrap().unwrap();
    flush(0, &mut sender).unwrap();
    let kept = take(&mut receiver).unwrap().unwrap();
    write(0, &mut sender, &[2; 100]).unwrap().unwrap();
    flush(0, &mut sender).unwrap();
    assert_eq!((kept.len(), take(&mut receiver).unwrap().unwrap().len()), (BLOCK - 10, 100));
}

#[test]
fn what_was_written_and_what_is_sent_keep_their_order() {
    let (mut sender, receiver) = channel(100);
    let chunk = Bytes::from_static(b" two");
    write(0, &mut sender, b"one").unwrap().unwrap();
    sender.try_send(chunk.clone()).unwrap();
    write(1, &mut sender, b" three").unwrap().unwrap();
    sender.try_send(" four").unwrap();
    write(0, &mut sender, b" five").unwrap().unwrap();
    sender.finish();
    assert_eq!(drive(receiver.collect_bytes()).unwrap(), "one two three four five");
}

#[test]
fn a_write_of_nothing_is_nothing_also_when_there_is_no_room() {
    let test = |world, mut sender: ByteSender, mut receiver: ByteReceiver| {
        assert_eq!(write(world, &mut sender, b"").unwrap().unwrap(), 0);
        flush(world, &mut sender).unwrap();
        assert!(is_pending(&mut receiver));
        assert_eq!(write(world, &mut sender, b"x").unwrap().unwrap(), 1);
        assert_eq!(write(world, &mut sender, b"").unwrap().unwrap(), 0);
    };
    in_both_worlds(test, 1);
}

#[test]
fn a_vectored_write_takes_from_all_buffers_what_there_is_room_for() {
    let (mut sender, mut receiver) = channel(10);
    assert!(AsyncWrite::is_write_vectored(&sender));
    let slices = [&b""[..], b"1234", b"", b"567", b"89012"].map(IoSlice::new);
    assert_eq!(drive(AsyncWriteExt::write_vectored(&mut sender, &slices)).unwrap(), 10);
    assert_eq!(take(&mut receiver).unwrap().unwrap(), "1234567890");
    assert_eq!(drive(futures::AsyncWriteExt::write_vectored(&mut sender, &slices[3..])).unwrap(), 8);
    assert_eq!(drive(AsyncWriteExt::write_vectored(&mut sender, &slices[..1])).unwrap(), 0);
    assert_eq!(drive(AsyncWriteExt::write_vectored(&mut sender, &[])).unwrap(), 0);
    flush(0, &mut sender).unwrap();
    assert_eq!(take(&mut receiver).unwrap().unwrap(), "56789012");
}

#[test]
fn to_shut_down_is_to_finish_and_nothing_is_accepted_after_it() {
    let test = |world, mut sender: ByteSender, mut receiver: ByteReceiver| {
        write(world, &mut sender, b"written").unwrap().unwrap();
        shut_down(world, &mut sender).unwrap();
        shut_down(world, &mut sender).unwrap();
        flush(world, &mut sender).unwrap();
        for bytes in [&b"more"[..], b""] {
            assert_eq!(write(world, &mut sender, bytes).unwrap().unwrap_err().kind(), io::ErrorKind::BrokenPipe);
        }
        assert_eq!(sender.try_send("more"), Err(TrySendError::Closed("more".into())));
        assert_eq!(drive(sender.send("more")).unwrap_err().0, "more");
        assert_eq!(drive(poll_fn(|cx| sender.poll_ready(cx, 1))).unwrap_err().kind(), io::ErrorKind::BrokenPipe);
        drop(sender);
        assert_eq!(take(&mut receiver).unwrap().unwrap(), "written");
        assert_eq!(receiver.state(), State::Ended);
    };
    in_both_worlds(test, 100);
}

#[test]
fn when_nobody_reads_everything_fails_at_once() {
    let test = |world, mut sender: ByteSender, receiver: ByteReceiver| {
        write(world, &mut sender, b"unread").unwrap().unwrap();
        drop(receiver);
        assert!(sender.is_closed());
        let failures = [
            write(world, &mut sender, b"more").unwrap().map(|_| ()),
            write(world, &mut sender, b"").unwrap().map(|_| ()),
            flush(world, &mut sender),
            drive(poll_fn(|cx| sender.poll_ready(cx, 1))),
            drive(sender.send("more")).map_err(io::Error::from),
            sender.try_send("more").map_err(io::Error::from),
            shut_down(world, &mut sender),
        ];
        for failure in failures {
            assert_eq!(failure.unwrap_err().kind(), io::ErrorKind::BrokenPipe);
        }
        sender.finish();
    };
    in_both_worlds(test, 10);
}

#[test]
fn a_pending_write_fails_when_the_receiver_goes() {
    let (mut sender, receiver) = channel(1);
    write(0, &mut sender, b"x").unwrap().unwrap();
    let (woken, waker) = Woken::task();
    let mut cx = Context::from_waker(&waker);
    assert!(AsyncWrite::poll_write(Pin::new(&mut sender), &mut cx, b"y").is_pending());
    drop(receiver);
    assert_eq!(woken.times(), 1);
    let Poll::Ready(Err(error)) = AsyncWrite::poll_write(Pin::new(&mut sender), &mut cx, b"y") else {
        panic!("written for nobody")
    };
    assert_eq!(error.kind(), io::ErrorKind::BrokenPipe);
}

#[test]
fn room_that_was_waited_for_is_there() {
    let (mut sender, mut receiver) = channel(10);
    sender.try_send("12345").unwrap();
    assert!(drive(poll_fn(|cx| sender.poll_ready(cx, 5))).is_ok());
    let (woken, waker) = Woken::task();
    let mut cx = Context::from_waker(&waker);
    assert!(sender.poll_ready(&mut cx, 6).is_pending());
    take(&mut receiver);
    assert_eq!(woken.times(), 1);
    assert!(sender.poll_ready(&mut cx, 6).is_ready());
    assert_eq!(sender.try_send("123456"), Ok(()));
}

#[test]
fn an_error_of_a_send_shows_how_much_and_not_what() {
    let (mut sender, receiver) = channel(1);
    sender.try_send("x").unwrap();
    assert_eq!(format!("{:?}", sender.try_send("secret").unwrap_err()), "Full { len: 6 }");
    let error = io::Error::from(sender.try_send("secret").unwrap_err());
    assert_eq!(error.kind(), io::ErrorKind::WouldBlock);
    assert_eq!(error.downcast::<TrySendError>().unwrap().into_chunk(), "secret");
    drop(receiver);
    assert_eq!(format!("{:?}", drive(sender.send("secret")).unwrap_err()), "SendError { len: 6 }");
}

#[test]
fn an_error_that_nobody_takes_is_dropped_with_the_receiver() {
    #[derive(Debug, thiserror::Error)]
    #[error("held")]
    struct Held(Flag);
    let dropped = Arc::new(AtomicBool::new(false));
    let (sender, receiver) = channel(1);
    sender.fail(Held(Flag(Arc::clone(&dropped))));
    assert!(!dropped.load(Ordering::Relaxed));
    drop(receiver);
    assert!(dropped.load(Ordering::Relaxed));
}
