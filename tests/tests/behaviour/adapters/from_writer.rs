//! A stream of what a future writes.

use std::cell::Cell;
use std::future::{Future, pending, poll_fn, ready};
use std::io;
use std::marker::PhantomPinned;
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::task::{Context, Poll};

use byte_stream::source::TrySendError;
use byte_stream::{ByteSender, ByteStream, ByteStreamExt, FromWriter, State, Trailers};
use byte_stream_tests::script::Payload;
use byte_stream_tests::sources::Source;
use byte_stream_tests::task::{Nap, drive, poll_once};
use byte_stream_tests::trace::{drain, take_trailers};
use byte_stream_tests::views::Through;
use bytes::Bytes;
use futures::executor::block_on;
use futures::stream::FuturesUnordered;
use futures::{FutureExt, StreamExt};
use http::HeaderMap;
use static_assertions::{assert_impl_all, assert_not_impl_any};
use tokio::io::AsyncWriteExt;

use super::channel::{Flag, Woken, take};

const BLOCK: usize = 64 * 1024;

async fn nap() {
    let mut nap = Nap::default();
    poll_fn(|cx| nap.poll(cx)).await;
}

fn is_pending(stream: Pin<&mut impl ByteStream>) -> bool {
    let mut stream = stream;
    poll_fn(|cx| stream.as_mut().poll_chunk(cx, usize::MAX)).now_or_never().is_none()
}

fn bytes(n: usize) -> Vec<u8> {
    (0..n).map(|i| (i % 251) as u8).collect()
}

#[test]
fn auto_traits_are_those_of_the_future() {
    assert_impl_all!(FromWriter<()>: Send, Sync, Unpin);
    assert_impl_all!(FromWriter<Cell<()>>: Send, Unpin);
    assert_not_impl_any!(FromWriter<Cell<()>>: Sync);
    assert_impl_all!(FromWriter<MutexGuard<'static, ()>>: Sync, Unpin);
    assert_not_impl_any!(FromWriter<MutexGuard<'static, ()>>: Send);
    assert_impl_all!(FromWriter<PhantomPinned>: Send, Sync);
    assert_not_impl_any!(FromWriter<PhantomPinned>: Unpin);
}

#[test]
fn a_future_that_may_not_leave_its_thread_is_a_stream_too() {
    let text = Rc::new(Cell::new("local"));
    let stream = FromWriter::new(|mut writer: ByteSender| async move {
        nap().await;
        writer.write_all(text.get().as_bytes()).await
    });
    assert_eq!(drive(Box::pin(stream).collect_bytes()).unwrap(), "local");
}

#[test]
fn what_is_no_more_than_a_closure_turns_into_a_stream() {
    async fn write(mut writer: ByteSender) -> io::Result<()> {
        writer.write_all(b"hello").await
    }
    let stream: FromWriter<_> = write.into();
    assert_eq!(drive(Box::pin(stream).collect_bytes()).unwrap(), "hello");
}

#[test]
fn small_writes_are_handed_out_in_full_blocks() {
    let expected = bytes(3 * BLOCK + 17);
    let written = expected.clone();
    let mut stream = pin!(FromWriter::new(|mut writer: ByteSender| async move {
        for (i, byte) in written.iter().enumerate() {
            writer.write_all(&[*byte]).await?;
            // A flush cuts nothing small: what is there goes out when the future waits.
            if i % 100 == 0 {
                writer.flush().await?;
            }
        }
        io::Result::Ok(())
    }));
    let mut sizes = Vec::new();
    let mut came = Vec::new();
    while let Some(chunk) = take(stream.as_mut()) {
        sizes.push(chunk.as_ref().unwrap().len());
        came.extend_from_slice(&chunk.unwrap());
    }
    assert_eq!(sizes, [BLOCK, BLOCK, BLOCK, 17]);
    assert!(came == expected);
}

#[test]
fn the_size_of_the_blocks_can_be_set() {
    for size in [1, 3, 1000, 100_000] {
        let write = |mut writer: ByteSender| async move { writer.write_all(&bytes(10_000)).await };
        let mut stream = pin!(FromWriter::with_chunk_size(write, size));
        let mut came = Vec::new();
        while let Some(chunk) = take(stream.as_mut()) {
            let chunk = chunk.unwrap();
            assert!(chunk.len() == size || came.len() + chunk.len() == 10_000, "{} bytes", chunk.len());
            came.extend_from_slice(&chunk);
        }
        assert!(came == bytes(10_000));
    }
}

#[test]
fn the_future_is_not_polled_before_somebody_reads_nor_while_a_block_is_unread() {
    let step = Arc::new(Mutex::new(0));
    let reached = Arc::clone(&step);
    let write = |mut writer: ByteSender| async move {
        *reached.lock().unwrap() = 1;
        writer.write_all(&[7; 10]).await?;
        *reached.lock().unwrap() = 2;
        writer.write_all(&[7; 1]).await?;
        *reached.lock().unwrap() = 3;
        io::Result::Ok(())
    };
    let mut stream = pin!(FromWriter::with_chunk_size(write, 10));
    assert_eq!(*step.lock().unwrap(), 0);
    for _ in 0..10 {
        assert_eq!(poll_fn(|cx| stream.as_mut().poll_chunk(cx, 1)).now_or_never().unwrap().unwrap().unwrap().len(), 1);
        assert_eq!(*step.lock().unwrap(), 2, "the writer waits while its block is unread");
    }
    assert_eq!(take(stream.as_mut()).unwrap().unwrap().len(), 1);
    assert_eq!((*step.lock().unwrap(), stream.state()), (3, State::Ended));
}

#[test]
fn what_was_written_goes_out_when_the_future_waits_for_something_else() {
    let mut stream = pin!(FromWriter::new(|mut writer: ByteSender| async move {
        writer.write_all(b"before").await?;
        pending::<()>().await;
        io::Result::Ok(())
    }));
    assert_eq!(take(stream.as_mut()).unwrap().unwrap(), "before");
    assert!(is_pending(stream.as_mut()));
}

#[test]
fn a_chunk_that_is_sent_comes_out_as_it_is_however_large() {
    let chunk = Bytes::from(bytes(1_000_000));
    let sent = chunk.clone();
    let mut stream = pin!(FromWriter::with_chunk_size(
        |mut writer: ByteSender| async move {
            writer.write_all(b"head").await?;
            writer.send(sent.clone()).await?;
            writer.send("").await?;
            writer.send(sent).await?;
            writer.write_all(b"tail").await
        },
        100
    ));
    assert_eq!(take(stream.as_mut()).unwrap().unwrap(), "head");
    for _ in 0..2 {
        let out = take(stream.as_mut()).unwrap().unwrap();
        assert_eq!((out.as_ptr(), out.len()), (chunk.as_ptr(), chunk.len()));
    }
    assert_eq!(take(stream.as_mut()).unwrap().unwrap(), "tail");
    assert!(take(stream.as_mut()).is_none());
}

#[test]
fn an_error_comes_after_all_that_was_written_through_every_view() {
    for through in Through::ALL {
        let stream = FromWriter::new(|mut writer: ByteSender| async move {
            writer.write_all(b"written").await?;
            nap().await;
            writer.write_all(b" and not flushed").await?;
            Err::<(), _>(io::Error::new(io::ErrorKind::StorageFull, Payload("full")))
        });
        let outcome = drain(&mut (Box::pin(stream) as Source), through, 5).outcome();
        assert_eq!(outcome.bytes, b"written and not flushed");
        let failure = outcome.failure.unwrap();
        assert_eq!((failure.kind, &*failure.payload), (io::ErrorKind::StorageFull, "full"));
    }
}

#[test]
fn an_error_is_any_that_boxes() {
    let mut stream = pin!(FromWriter::new(|_| ready(Err::<(), _>("no table of this name"))));
    assert_eq!(take(stream.as_mut()).unwrap().unwrap_err().to_string(), "no table of this name");
    assert_eq!(stream.state(), State::Failed);
    assert!(take(stream.as_mut()).is_none());
}

#[test]
fn the_end_of_the_future_is_the_end_of_the_stream_whatever_the_writer_has_said() {
    // It has finished, and the future goes on and fails.
    let mut stream = pin!(FromWriter::new(|mut writer: ByteSender| async move {
        writer.write_all(b"all").await?;
        writer.finish();
        nap().await;
        Err::<(), _>(io::Error::from(io::ErrorKind::StorageFull))
    }));
    assert_eq!(take(stream.as_mut()).unwrap().unwrap(), "all");
    assert_eq!((stream.state(), stream.bytes_left()), (State::Open, (0, None)));
    let error = drive(poll_fn(|cx| stream.as_mut().poll_chunk(cx, 1))).unwrap().unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::StorageFull);

    // It was dropped, and the future goes on and ends well.
    let mut stream = pin!(FromWriter::new(|writer: ByteSender| async move {
        drop(writer);
        nap().await;
        io::Result::Ok(())
    }));
    assert!(drive(poll_fn(|cx| stream.as_mut().poll_chunk(cx, 1))).is_none());

    // It has failed, and the future ends well.
    let mut stream = pin!(FromWriter::new(|writer: ByteSender| async move {
        writer.fail("no");
        nap().await;
        io::Result::Ok(())
    }));
    assert_eq!(drive(poll_fn(|cx| stream.as_mut().poll_chunk(cx, 1))).unwrap().unwrap_err().to_string(), "no");
}

#[test]
fn a_writer_that_outlives_the_future_writes_nothing_more() {
    let place = Arc::new(Mutex::new(None));
    let leaked = Arc::clone(&place);
    let mut stream = pin!(FromWriter::new(|mut writer: ByteSender| async move {
        writer.write_all(b"before").await?;
        *leaked.lock().unwrap() = Some(writer);
        io::Result::Ok(())
    }));
    assert_eq!(take(stream.as_mut()).unwrap().unwrap(), "before");
    assert_eq!(stream.state(), State::Ended);
    let mut writer = place.lock().unwrap().take().unwrap();
    assert_eq!(drive(writer.write_all(b"after")).unwrap_err().kind(), io::ErrorKind::BrokenPipe);
    assert_eq!(writer.try_send("after"), Err(TrySendError::Closed("after".into())));
    assert!(writer.is_closed());
    drive(writer.closed());
    assert!(take(stream.as_mut()).is_none());
}

#[test]
fn trailers_are_what_the_future_ends_with_or_what_the_writer_finished_with() {
    let trailers = || {
        let mut fields = HeaderMap::new();
        fields.insert("x-sum", "1".parse().unwrap());
        Trailers::from(fields)
    };
    let ends_with = FromWriter::new(|mut writer: ByteSender| async move {
        writer.write_all(b"all").await?;
        io::Result::Ok(trailers())
    });
    let finished_with = FromWriter::new(|mut writer: ByteSender| async move {
        writer.write_all(b"all").await?;
        writer.shutdown().await?;
        writer.finish_with_trailers(trailers());
        io::Result::Ok(())
    });
    for mut source in [Box::pin(ends_with) as Source, Box::pin(finished_with)] {
        assert_eq!(take_trailers(&mut source), None);
        assert_eq!(take(&mut source).unwrap().unwrap(), "all");
        assert_eq!(source.state(), State::Trailers);
        assert_eq!(take_trailers(&mut source).unwrap()["x-sum"], "1");
    }
}

#[test]
fn the_future_is_dropped_at_its_end_and_with_the_stream() {
    for ends in [true, false] {
        let dropped = Arc::new(AtomicBool::new(false));
        let flag = Flag(Arc::clone(&dropped));
        let mut stream = Box::pin(FromWriter::new(|mut writer: ByteSender| async move {
            let _flag = flag;
            writer.write_all(b"x").await?;
            if !ends {
                pending::<()>().await;
            }
            io::Result::Ok(())
        }));
        assert_eq!(take(&mut stream).unwrap().unwrap(), "x");
        assert_eq!(dropped.load(Ordering::Relaxed), ends);
        let (woken, waker) = Woken::task();
        assert_eq!(stream.as_mut().poll_chunk(&mut Context::from_waker(&waker), 1).is_pending(), !ends);
        drop(stream);
        assert!(dropped.load(Ordering::Relaxed));
        assert_eq!(woken.times(), 0, "who drops a stream is not woken by it");
    }
}

#[test]
fn nobody_is_woken_for_what_the_future_does_when_it_is_polled() {
    let (woken, waker) = Woken::task();
    let mut cx = Context::from_waker(&waker);
    let mut stream = pin!(FromWriter::with_chunk_size(
        |mut writer: ByteSender| async move {
            for _ in 0..10 {
                writer.write_all(&[7; 250]).await?;
                writer.flush().await?;
                writer.send(vec![7; 150]).await?;
            }
            io::Result::Ok(())
        },
        100
    ));
    let mut came = 0;
    while let Poll::Ready(Some(chunk)) = stream.as_mut().poll_chunk(&mut cx, 64) {
        came += chunk.unwrap().len();
    }
    assert_eq!((came, stream.state(), woken.times()), (4000, State::Ended, 0));
}

#[test]
fn a_writer_that_waits_in_a_set_of_futures_goes_on() {
    // The set polls a future only if the waker that it gave to it was woken.
    let write = |mut writer: ByteSender| async move {
        let mut set: FuturesUnordered<_> = [async move {
            for n in 0..100 {
                writer.write_all(&[n; 7]).await?;
            }
            io::Result::Ok(())
        }]
        .into_iter()
        .collect();
        set.next().await.expect("one future")
    };
    let stream = Box::pin(FromWriter::with_chunk_size(write, 10));
    assert_eq!(block_on(stream.collect_bytes()).unwrap().len(), 700);
}

/// A stream whose writer was moved out of its future, which ends when it is told.
fn moved_out() -> (impl ByteStream + Unpin, ByteSender, futures::channel::oneshot::Sender<()>) {
    let (sender, receiver) = futures::channel::oneshot::channel();
    let (done, is_done) = futures::channel::oneshot::channel::<()>();
    let write = |writer: ByteSender| async move {
        drop(sender.send(writer));
        is_done.await
    };
    let mut stream = Box::pin(FromWriter::with_chunk_size(write, 10));
    assert!(is_pending(stream.as_mut()));
    let writer = receiver.now_or_never().unwrap().unwrap();
    (stream, writer, done)
}

#[test]
fn a_writer_that_was_moved_into_another_thread_and_its_reader_wake_each_other() {
    let (stream, mut writer, done) = moved_out();
    let writing = std::thread::spawn(move || {
        block_on(async {
            for n in 0..10_000_usize {
                match n % 3 {
                    0 => writer.send(vec![7; n % 23]).await.unwrap(),
                    _ => writer.write_all(&vec![7; n % 23]).await.unwrap(),
                }
            }
            writer.flush().await.unwrap();
            done.send(()).unwrap();
        });
    });
    let expected: usize = (0..10_000).map(|n| n % 23).sum();
    assert_eq!(block_on(stream.collect_bytes()).unwrap().len(), expected);
    writing.join().unwrap();
}

#[test]
fn a_writer_beside_its_reader_in_one_task_is_woken_when_there_is_room() {
    let (mut stream, mut writer, _done) = moved_out();
    let (woken, waker) = Woken::task();
    let mut cx = Context::from_waker(&waker);
    assert!(drive(writer.write(b"1234")).is_ok());
    {
        let mut sending = pin!(writer.send("5678901"));
        assert!(sending.as_mut().poll(&mut cx).is_pending());
        assert!(Pin::new(&mut stream).poll_chunk(&mut cx, 10).is_ready());
        assert_eq!(woken.times(), 1, "the future has had a turn, and the writer is not in it");
        assert!(sending.as_mut().poll(&mut cx).is_ready());
    }
    assert_eq!(take(&mut stream).unwrap().unwrap(), "5678901");
}

#[test]
fn dropping_a_pending_read_loses_nothing() {
    let mut stream = Box::pin(FromWriter::new(|mut writer: ByteSender| async move {
        for piece in ["one ", "two ", "three"] {
            nap().await;
            writer.write_all(piece.as_bytes()).await?;
            nap().await;
        }
        io::Result::Ok(())
    }));
    let mut came = Vec::new();
    loop {
        match poll_once(pin!(stream.next())) {
            Poll::Pending => {}
            Poll::Ready(Some(chunk)) => came.extend_from_slice(&chunk.unwrap()),
            Poll::Ready(None) => break,
        }
    }
    assert_eq!(came, b"one two three");
}

#[test]
#[should_panic(expected = "a chunk size of 0 bytes was asked for")]
fn blocks_of_nothing_are_refused() {
    let _ = FromWriter::with_chunk_size(|_| ready(io::Result::Ok(())), 0);
}

#[test]
fn what_the_writer_failed_with_is_not_lost_to_the_trailers_of_the_future() {
    let mut source: Source = Box::pin(FromWriter::new(|writer: ByteSender| async move {
        writer.fail("no");
        io::Result::Ok(Trailers::default())
    }));
    assert_eq!(take(&mut source).unwrap().unwrap_err().to_string(), "no");
    assert_eq!((source.state(), take_trailers(&mut source)), (State::Failed, None));
}

#[test]
fn blocks_may_be_larger_than_memory_if_what_is_written_is_not() {
    let write = |mut writer: ByteSender| async move { writer.write_all(b"hello").await };
    let stream = FromWriter::with_chunk_size(write, usize::MAX);
    assert_eq!(drive(Box::pin(stream).collect_bytes()).unwrap(), "hello");
}
