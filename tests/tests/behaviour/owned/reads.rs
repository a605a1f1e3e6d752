//! Reads of a stream into buffers that they own.

use std::future::Future;
use std::io;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use byte_stream::owned::{FixedBuf, IoBufMut, OwnedRead, ReadExactOwned, ReadOwned, ReadToEndOwned};
use byte_stream::testing::Pulls;
use byte_stream::{ByteStream, FromRead, FromStream, State, StreamLiteral, stream};
use byte_stream_tests::task::{drive, poll_once};
use bytes::{BufMut, Bytes, BytesMut};
use static_assertions::{assert_impl_all, assert_not_impl_any};

fn vec_of(bytes: &[u8], room: usize) -> Vec<u8> {
    let mut buf = Vec::with_capacity(bytes.len() + room);
    buf.extend_from_slice(bytes);
    buf
}

fn bytes_mut_of(bytes: &[u8], room: usize) -> BytesMut {
    let mut buf = BytesMut::with_capacity(bytes.len() + room);
    buf.extend_from_slice(bytes);
    buf
}

fn fixed_of(bytes: &[u8], room: usize) -> FixedBuf {
    let mut buf = FixedBuf::new(bytes.len() + room);
    buf.put_slice(bytes);
    buf
}

/// Every kind of buffer that has some bytes and so much room: exactly, or behind a limit.
macro_rules! for_each_buffer {
    ($bytes:expr, $room:expr, |$buf:ident| $test:block) => {{
        {
            let $buf = vec_of($bytes, $room);
            $test
        }
        {
            let $buf = bytes_mut_of($bytes, $room);
            $test
        }
        {
            let $buf = fixed_of($bytes, $room);
            $test
        }
        {
            let $buf = vec_of($bytes, $room + 100).limit($room);
            $test
        }
        {
            let $buf = fixed_of($bytes, $room).limit(usize::MAX);
            $test
        }
    }};
}

#[test]
fn a_read_appends_to_the_spare_room_and_touches_nothing_else() {
    for_each_buffer!(b"> ", 5, |buf| {
        let memory = buf.filled().as_ptr();
        let mut body = FromStream::new(stream!["hel", b"", pending, "lo, world"].raw_stream());
        let (read, buf) = drive(body.read_owned(buf));
        let came = read.unwrap();
        assert!((3..=5).contains(&came), "{came}");
        assert_eq!(buf.filled(), &b"> hello"[..2 + came]);
        assert_eq!(buf.filled().as_ptr(), memory, "the memory stays where it is");
        assert_eq!(buf.spare(), 5 - came);
        let (read, buf) = drive(body.read_exact_owned(buf));
        read.unwrap();
        assert_eq!((buf.filled(), buf.spare()), (&b"> hello"[..], 0));
    });
}

#[test]
fn without_spare_room_a_read_returns_at_once_and_polls_nothing() {
    for_each_buffer!(b"full", 0, |buf| {
        let pulls = Pulls::default();
        let mut body = FromStream::new(stream!["waits"].raw_stream().counted_by(&pulls));
        let mut cx = Context::from_waker(Waker::noop());
        let Poll::Ready((read, buf)) = pin!(body.read_owned(buf)).poll(&mut cx) else { panic!("it waited") };
        assert_eq!((read.unwrap(), buf.filled(), pulls.count()), (0, &b"full"[..], 0));
        assert_eq!(body.state(), State::Open, "no room is not the end");
    });
}

#[test]
fn an_end_is_0_and_leaves_the_buffer_as_it_was() {
    for_each_buffer!(b"> ", 8, |buf| {
        let mut body = stream![];
        let (read, buf) = drive(body.read_owned(buf));
        assert_eq!((read.unwrap(), buf.filled(), buf.spare()), (0, &b"> "[..], 8));
        assert_eq!(body.state(), State::Ended);
    });
}

#[test]
fn an_error_leaves_the_buffer_as_it_was_and_gives_it_back() {
    for_each_buffer!(b"> ", 64, |buf| {
        let mut body = stream!["hello", error(ConnectionReset)];
        let (read, buf) = drive(body.read_owned(buf));
        assert_eq!(read.unwrap(), 5);
        let (read, buf) = drive(body.read_owned(buf));
        assert_eq!(read.unwrap_err().kind(), io::ErrorKind::ConnectionReset);
        assert_eq!((buf.filled(), buf.spare()), (&b"> hello"[..], 59));
        let (read, _) = drive(body.read_owned(buf));
        assert_eq!((read.unwrap(), body.state()), (0, State::Failed));
    });
}

#[test]
fn a_read_that_is_dropped_has_taken_nothing() {
    let mut body = FromRead::new(stream!["he", pending, "llo"].raw_reader());
    let mut out = Vec::new();
    loop {
        // Every other read is dropped when it is pending.
        let mut dropped = Box::pin(body.read_owned(Vec::with_capacity(2)));
        if let Poll::Ready((read, buf)) = poll_once(dropped.as_mut()) {
            if read.unwrap() == 0 {
                break;
            }
            out.extend(buf);
        }
    }
    assert_eq!(out, b"hello");
}

#[test]
fn a_read_that_is_given_up_gives_its_buffer_back() {
    let mut body = stream![pending, "hello"];
    let mut read = body.read_owned(vec_of(b"mine", 10));
    assert!(poll_once(pin!(&mut read)).is_pending());
    assert_eq!(read.into_buf().unwrap(), b"mine");
    assert_eq!(drive(body.read_to_end_owned(Vec::new())).1, b"hello");
}

#[test]
fn an_exact_read_of_a_stream_that_ends_early_is_an_error_and_keeps_what_came() {
    for_each_buffer!(b"", 6, |buf| {
        let (read, buf) = drive(stream!["hel", pending, "lo"].read_exact_owned(buf));
        assert_eq!(read.unwrap_err().kind(), io::ErrorKind::UnexpectedEof);
        assert_eq!(buf.filled(), b"hello");
    });
}

#[test]
fn everything_is_appended_to_a_vector_that_grows() {
    let all: Bytes = (0..=255).cycle().take(100_000).collect();
    let mut body = FromRead::new(stream![{ all.clone() }, pending, "end"].raw_reader());
    let (read, buf) = drive(body.read_to_end_owned(b"> ".to_vec()));
    assert_eq!(read.unwrap(), 100_003);
    assert!(buf.starts_with(b"> ") && buf[2..].starts_with(&all) && buf.ends_with(b"end"));

    let (read, buf) = drive(stream!["hello", error(TimedOut)].read_to_end_owned(Vec::new()));
    assert_eq!((read.unwrap_err().kind(), &buf[..]), (io::ErrorKind::TimedOut, &b"hello"[..]));
}

/// A reader of somebody else's, which is no stream: it is interrupted more often than not.
struct Interrupted {
    rest: &'static [u8],
    calls: usize,
}

impl OwnedRead for Interrupted {
    async fn read_owned<B: IoBufMut>(&mut self, mut buf: B) -> (io::Result<usize>, B) {
        self.calls += 1;
        if !self.calls.is_multiple_of(100) {
            return (Err(io::ErrorKind::Interrupted.into()), buf);
        }
        let n = self.rest.len().min(buf.spare()).min(3);
        buf.put_slice(&self.rest[..n]);
        self.rest = &self.rest[n..];
        (Ok(n), buf)
    }
}

#[test]
fn whoever_implements_one_read_has_the_others_which_try_again_after_an_eintr_and_yield() {
    let mut reader = Interrupted { rest: b"hello, world", calls: 0 };
    let mut read = Box::pin(reader.read_exact_owned(FixedBuf::new(5)));
    assert!(poll_once(read.as_mut()).is_pending(), "a run of interruptions yields");
    let (read, buf) = drive(read);
    read.unwrap();
    assert_eq!(buf.filled(), b"hello");
    let (read, buf) = drive(reader.read_to_end_owned(Vec::new()));
    assert_eq!((read.unwrap(), &buf[..]), (7, &b", world"[..]));
}

/// Says that so many bytes came, and brings none.
struct Boaster(usize);

impl OwnedRead for Boaster {
    async fn read_owned<B: IoBufMut>(&mut self, buf: B) -> (io::Result<usize>, B) {
        (Ok(self.0), buf)
    }
}

#[test]
fn a_reader_that_counts_what_did_not_come_is_not_asked_for_ever() {
    for n in [1, 5, usize::MAX] {
        let (read, buf) = drive(Boaster(n).read_exact_owned(vec_of(b"> ", 5)));
        assert_eq!((read.unwrap_err().kind(), &buf[..]), (io::ErrorKind::InvalidData, &b"> "[..]));
        let (read, buf) = drive(Boaster(n).read_to_end_owned(b"> ".to_vec()));
        assert_eq!((read.unwrap_err().kind(), &buf[..]), (io::ErrorKind::InvalidData, &b"> "[..]));
    }
}

type NotSend = std::sync::MutexGuard<'static, ()>;
type Local = byte_stream::LocalBoxByteStream<'static>;

assert_impl_all!(ReadOwned<'static, StreamLiteral<1>, Vec<u8>>: Send, Unpin);
assert_impl_all!(ReadExactOwned<'static, StreamLiteral<1>, Vec<u8>>: Send, Unpin);
assert_impl_all!(ReadToEndOwned<'static, StreamLiteral<1>>: Send, Unpin);
assert_not_impl_any!(ReadOwned<'static, Local, Vec<u8>>: Send);
assert_not_impl_any!(ReadOwned<'static, StreamLiteral<1>, NotSend>: Send);
assert_not_impl_any!(ReadToEndOwned<'static, Local>: Send);

fn is_send<T: Send>(value: T) -> T {
    value
}

/// In generic code, in which the future of a trait's method says nothing of itself.
async fn generic<S: ByteStream + Unpin + Send>(mut stream: S) -> Vec<u8> {
    let buf = is_send(stream.read_owned(Vec::with_capacity(1))).await.1;
    let buf = is_send(stream.read_exact_owned(buf)).await.1;
    is_send(stream.read_to_end_owned(buf)).await.1
}

#[test]
fn generic_code_is_send_when_its_parts_are() {
    assert_eq!(drive(is_send(generic(stream!["hello, ", "world"]))), b"hello, world");
}

#[test]
fn a_trait_object_is_read_too() {
    let mut body = stream!["hello"];
    let object: &mut (dyn ByteStream + Unpin) = &mut body;
    assert_eq!(drive(object.read_to_end_owned(Vec::new())).1, b"hello");
}
