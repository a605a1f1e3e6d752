//! Readers that do what no reader may, or what only a few do.

use std::collections::VecDeque;
use std::future::poll_fn;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use byte_stream::{ByteStreamExt, FromBufRead, FromFuturesRead, FromRead};
use byte_stream_tests::matrix::Telling;
use byte_stream_tests::script::Promise;
use byte_stream_tests::sources::Source;
use byte_stream_tests::task::drive;
use byte_stream_tests::trace::drain;
use byte_stream_tests::views::{Got, Through};
use tokio::io::{AsyncBufRead, AsyncRead, ReadBuf};

/// One call of a reader.
type Act = fn(&mut Context<'_>, &mut ReadBuf<'_>) -> Poll<io::Result<()>>;

/// A reader that acts call by call, and has ended afterwards. Its buffered face has nothing in the buffer, ever.
struct Actor(VecDeque<Act>);

impl Actor {
    fn new(acts: &[Act]) -> Self {
        Actor(acts.iter().copied().collect())
    }
}

impl AsyncRead for Actor {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        self.0.pop_front().map_or(Poll::Ready(Ok(())), |act| act(cx, buf))
    }
}

impl AsyncBufRead for Actor {
    fn poll_fill_buf(self: Pin<&mut Self>, _cx: &mut Context<'_>) -> Poll<io::Result<&[u8]>> {
        unimplemented!("only reads come here")
    }

    fn consume(self: Pin<&mut Self>, _n: usize) {}
}

fn put(buf: &mut ReadBuf<'_>) {
    let n = buf.remaining().min(4);
    buf.put_slice(&b"data"[..n]);
}

/// Through every view, in pieces of some sizes.
fn outcomes(acts: &[Act], mut test: impl FnMut(usize, Promise)) {
    for through in Through::ALL {
        for size in [1, 3, 4, 4096] {
            let _case = Telling::of((through, size));
            let mut source: Source = Box::pin(FromRead::new(Actor::new(acts)));
            // Into a buffer without room for it all the reader puts what fits.
            let reads =
                matches!(through, Through::Chunk | Through::ReadInto | Through::TokioRead | Through::FuturesRead);
            test(if reads { size.min(4) } else { 4 }, drain(&mut source, through, size).outcome());
        }
    }
}

#[test]
fn bytes_that_come_with_an_error_come_before_it() {
    let act: Act = |_, buf| {
        put(buf);
        Poll::Ready(Err(io::ErrorKind::ConnectionReset.into()))
    };
    outcomes(&[act], |put, outcome| {
        assert_eq!(outcome.bytes, &b"data"[..put]);
        assert_eq!(outcome.failure.unwrap().kind, io::ErrorKind::ConnectionReset);
    });
}

#[test]
fn bytes_that_come_with_an_eintr_are_not_lost() {
    let act: Act = |_, buf| {
        put(buf);
        Poll::Ready(Err(io::ErrorKind::Interrupted.into()))
    };
    outcomes(&[act, act], |put, outcome| {
        assert_eq!((outcome.bytes.len(), outcome.failure), (2 * put, None));
    });
}

#[cfg(unix)]
#[test]
fn an_eintr_of_the_system_is_one_too() {
    const EINTR: i32 = 4;
    let interrupted: Act = |_, _| Poll::Ready(Err(io::Error::from_raw_os_error(EINTR)));
    let reads: Act = |_, buf| {
        put(buf);
        Poll::Ready(Ok(()))
    };
    outcomes(&[interrupted, interrupted, reads], |put, outcome| {
        assert_eq!((outcome.bytes.len(), outcome.failure), (put, None));
    });
}

#[test]
fn bytes_that_come_with_interrupted_and_a_payload_come_before_the_error() {
    let act: Act = |_, buf| {
        put(buf);
        Poll::Ready(Err(io::Error::new(io::ErrorKind::Interrupted, "a payload")))
    };
    outcomes(&[act, act], |put, outcome| {
        assert_eq!(outcome.bytes, &b"data"[..put]);
        assert_eq!(outcome.failure.unwrap().kind, io::ErrorKind::Other);
    });
}

#[test]
fn bytes_that_come_with_pending_are_not_lost() {
    let act: Act = |cx, buf| {
        put(buf);
        cx.waker().wake_by_ref();
        Poll::Pending
    };
    outcomes(&[act, act], |put, outcome| {
        assert_eq!((outcome.bytes.len(), outcome.failure), (2 * put, None));
    });
}

#[test]
fn a_reader_that_clears_its_own_bytes_has_read_nothing() {
    let act: Act = |_, buf| {
        let before = buf.filled().len();
        put(buf);
        buf.set_filled(before);
        Poll::Ready(Ok(()))
    };
    outcomes(&[act], |_, outcome| assert_eq!((outcome.bytes.len(), outcome.failure), (0, None)));
}

/// Reads into a buffer that has something in it already.
fn read_after(prefix: &[u8], acts: &[Act], test: impl Fn(&mut Source, io::Result<()>, &[u8])) {
    let sources: [Source; 2] =
        [Box::pin(FromRead::new(Actor::new(acts))), Box::pin(FromBufRead::new(Actor::new(acts)))];
    for mut source in sources {
        let mut memory = [0; 16];
        let mut buf = ReadBuf::new(&mut memory);
        buf.put_slice(prefix);
        let read = drive(poll_fn(|cx| source.as_mut().poll_read_into(cx, &mut buf)));
        test(&mut source, read, buf.filled());
    }
}

#[test]
fn a_reader_that_takes_back_bytes_of_others_is_an_error() {
    let clears: Act = |_, buf| {
        buf.clear();
        Poll::Ready(Ok(()))
    };
    let shrinks: Act = |_, buf| {
        buf.set_filled(buf.filled().len() - 1);
        Poll::Ready(Ok(()))
    };
    let fails_too: Act = |_, buf| {
        buf.clear();
        Poll::Ready(Err(io::ErrorKind::ConnectionReset.into()))
    };
    let waits_too: Act = |_, buf| {
        buf.clear();
        Poll::Pending
    };
    for act in [clears, shrinks, fails_too, waits_too] {
        read_after(b"before", &[act], |source, read, _| {
            assert_eq!(read.unwrap_err().kind(), io::ErrorKind::InvalidData);
            assert_eq!(drain(source, Through::Chunk, 1).calls[0].got, Got::End);
        });
    }
}

#[test]
fn bytes_that_a_reader_takes_back_are_put_back() {
    let clears: Act = |_, buf| {
        buf.clear();
        Poll::Ready(Ok(()))
    };
    read_after(b"before", &[clears], |_, read, filled| {
        assert!(read.is_err());
        assert_eq!(filled, b"before");
    });
}

#[test]
fn a_reader_that_exchanges_the_buffer_is_an_error() {
    fn swap(buf: &mut ReadBuf<'_>, size: usize, filled: usize) {
        let mut own = ReadBuf::new(vec![b'x'; size].leak());
        own.set_filled(filled);
        *buf = own;
    }
    let empty: Act = |_, buf| {
        swap(buf, 8192, 0);
        Poll::Ready(Ok(()))
    };
    let small: Act = |_, buf| {
        swap(buf, 1, 1);
        Poll::Ready(Ok(()))
    };
    let large: Act = |_, buf| {
        swap(buf, 8192, 8192);
        Poll::Ready(Ok(()))
    };
    for act in [empty, small, large] {
        outcomes(&[act, act], |_, outcome| {
            assert_eq!((outcome.bytes.len(), outcome.failure.map(|f| f.kind)), (0, Some(io::ErrorKind::InvalidData)));
        });
        read_after(b"before", &[act], |_, read, _| {
            assert_eq!(read.unwrap_err().kind(), io::ErrorKind::InvalidData);
        });
    }
}

#[test]
fn a_futures_reader_that_counts_more_than_there_is_room_for_is_an_error() {
    struct Boaster;

    impl futures_util::io::AsyncRead for Boaster {
        fn poll_read(self: Pin<&mut Self>, _cx: &mut Context<'_>, buf: &mut [u8]) -> Poll<io::Result<usize>> {
            Poll::Ready(Ok(buf.len() + 1))
        }
    }

    for through in Through::ALL {
        let mut source: Source = Box::pin(FromFuturesRead::new(Boaster));
        let outcome = drain(&mut source, through, 8).outcome();
        assert_eq!((outcome.bytes.len(), outcome.failure.unwrap().kind), (0, io::ErrorKind::InvalidData));
    }
}

#[test]
fn a_buffered_reader_whose_read_fails_with_bytes_in_hand_fails_after_them() {
    let act: Act = |_, buf| {
        put(buf);
        Poll::Ready(Err(io::ErrorKind::ConnectionReset.into()))
    };
    read_after(b"", &[act], |source, read, filled| {
        read.unwrap();
        assert_eq!(filled, b"data");
        for through in [Through::Peek, Through::Chunk] {
            let outcome = drain(source, through, 8).outcome();
            let expected = if through == Through::Peek { Some(io::ErrorKind::ConnectionReset) } else { None };
            assert_eq!((outcome.bytes.len(), outcome.failure.map(|failure| failure.kind)), (0, expected));
        }
    });
}

#[test]
fn a_chunk_size_may_be_larger_than_memory_if_the_reader_has_less() {
    let stream = FromRead::with_chunk_size(&b"hello"[..], usize::MAX);
    assert_eq!(drive(stream.collect_bytes()).unwrap(), "hello");
}
