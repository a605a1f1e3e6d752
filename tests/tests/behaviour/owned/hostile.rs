//! Operations that lie, panic, or give back what they were not given.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::task::Poll;

use byte_stream::{ByteStream, ByteStreamExt, FromOwned, State};
use byte_stream_tests::task::{drive, poll_once};
use bytes::BytesMut;
use futures_util::StreamExt;
use tokio::io::AsyncReadExt;

/// Reads once, in this way, and then again.
fn read_once(
    mut read: impl FnMut(&mut BytesMut) -> io::Result<usize> + 'static,
) -> impl ByteStream + StreamExt<Item = io::Result<bytes::Bytes>> + tokio::io::AsyncRead + Unpin {
    let body = FromOwned::from_fn((), move |(), mut buf: BytesMut| {
        assert!(buf.is_empty() && buf.capacity() > 0, "an operation gets an empty buffer with room");
        let read = read(&mut buf);
        async move { ((), (read, buf)) }
    });
    body.with_chunk_size(16).boxed_local()
}

#[track_caller]
fn fails_as_a_liar(mut body: impl ByteStream + StreamExt<Item = io::Result<bytes::Bytes>> + Unpin) {
    let error = drive(body.next()).unwrap().unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::InvalidData);
    assert_eq!((body.state(), body.bytes_left()), (State::Failed, (0, Some(0))));
    assert!(drive(body.next()).is_none());
}

#[test]
fn a_count_larger_than_what_came_is_an_error() {
    fails_as_a_liar(read_once(|buf| {
        buf.extend_from_slice(b"ab");
        Ok(3)
    }));
    fails_as_a_liar(read_once(|_| Ok(usize::MAX)));
    fails_as_a_liar(read_once(|buf| Ok(buf.capacity())));
}

#[test]
fn a_count_smaller_than_what_came_is_an_error() {
    fails_as_a_liar(read_once(|buf| {
        buf.extend_from_slice(b"abc");
        Ok(2)
    }));
    fails_as_a_liar(read_once(|buf| {
        buf.extend_from_slice(b"abc");
        Ok(0)
    }));
}

#[test]
fn more_than_there_was_room_for_is_an_error() {
    fails_as_a_liar(read_once(|buf| {
        buf.extend_from_slice(&[7; 17]);
        Ok(17)
    }));
}

#[test]
fn a_buffer_that_was_exchanged_does_no_harm() {
    let mut turns = 0;
    let mut body = read_once(move |buf| {
        turns += 1;
        *buf = BytesMut::with_capacity(1000);
        buf.extend_from_slice(&[b'x'; 4][..4 - turns]);
        Ok(buf.len())
    });
    assert_eq!(drive((&mut body).collect_bytes()).unwrap(), "xxxxxx");
    assert_eq!(body.state(), State::Ended);
}

#[test]
fn bytes_that_come_with_an_error_are_not_delivered() {
    let mut body = read_once(|buf| {
        buf.extend_from_slice(b"not these");
        Err(io::ErrorKind::TimedOut.into())
    });
    assert_eq!(drive((&mut body).collect_bytes()).unwrap_err().kind(), io::ErrorKind::TimedOut);
    assert_eq!(body.state(), State::Failed);
}

#[test]
fn an_eintr_is_tried_again_with_an_empty_buffer_and_a_run_of_them_yields() {
    let mut turns = 0;
    let mut body = read_once(move |buf| {
        turns += 1;
        buf.extend_from_slice(b"x");
        match turns {
            ..1000 => Err(io::ErrorKind::Interrupted.into()),
            1000 => Ok(1),
            _ => {
                buf.clear();
                Ok(0)
            }
        }
    });
    assert!(poll_once(pin!(body.next())).is_pending());
    assert_eq!(drive((&mut body).collect_bytes()).unwrap(), "x");
}

#[test]
fn an_interruption_with_a_payload_is_an_error_that_no_reader_above_retries() {
    let mut body = read_once(|_| Err(io::Error::new(io::ErrorKind::Interrupted, "cancelled")));
    let error = drive(body.read(&mut [0; 4])).unwrap_err();
    assert_eq!((error.kind(), error.to_string().as_str()), (io::ErrorKind::Other, "cancelled"));
}

#[test]
fn an_operation_that_panics_panics_cleanly_again() {
    for panics_at_once in [true, false] {
        let mut body = Box::pin(FromOwned::from_fn((), move |(), buf| {
            assert!(!panics_at_once, "at once");
            async move {
                if buf.is_empty() {
                    panic!("when it is polled");
                }
                ((), (Ok(0), buf))
            }
        }));
        for _ in 0..3 {
            let panicked = catch_unwind(AssertUnwindSafe(|| drive(body.next())));
            assert!(panicked.is_err());
            assert!(body.get_ref().is_none(), "the reader is gone");
        }
        assert!(catch_unwind(AssertUnwindSafe(|| drive(body.as_mut().finish()).is_some())).is_err());
        drop(body);
    }
}

#[test]
fn a_read_into_an_empty_buffer_begins_no_operation() {
    let mut body = read_once(|_| panic!("nothing was asked for"));
    assert!(matches!(poll_once(pin!(body.read(&mut []))), Poll::Ready(Ok(0))));
    assert_eq!(body.state(), State::Open);
}

#[test]
fn an_operation_that_is_dropped_in_flight_is_dropped_with_its_reader_and_buffer() {
    struct Drops<'a>(&'a std::cell::Cell<u32>);
    impl Drop for Drops<'_> {
        fn drop(&mut self) {
            self.0.set(self.0.get() + 1);
        }
    }
    let drops = std::cell::Cell::new(0);
    let mut body = FromOwned::from_fn(Drops(&drops), |reader, buf| async move {
        std::future::poll_fn(|cx| byte_stream_tests::task::Nap::default().poll(cx)).await;
        (reader, (Ok(0), buf))
    })
    .boxed_local();
    assert!(poll_once(pin!(body.next())).is_pending());
    drop(body);
    assert_eq!(drops.get(), 1);
}
