//! Codecs of one's own, well and badly behaved.

use std::cell::Cell;
use std::io;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, ready};

use async_compression::tokio::bufread::{GzipDecoder, GzipEncoder};
use byte_stream::codec::{Codec, Compress, Decompress, Encoding, Layer, Limits};
use byte_stream::{ByteStream, ByteStreamExt, State, Trailers};
use byte_stream_tests::foreign::{Foreign, Pulls};
use byte_stream_tests::matrix::Telling;
use byte_stream_tests::script::{Failure, Step};
use byte_stream_tests::sources::{Source, adapt};
use byte_stream_tests::task::drive;
use byte_stream_tests::trace::{drain, get, take_trailers};
use byte_stream_tests::views::{Got, Through};
use bytes::Bytes;
use tokio::io::{AsyncBufRead, AsyncRead, ReadBuf};

use super::{CODINGS, at_once, pack, play, wire};

/// What a codec does where its source has nothing more, or not now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Habit {
    /// It hands on what the source says.
    Honest,
    /// It takes `Pending` for the end.
    Impatient,
    /// It ends after three bytes.
    EndsEarly,
    /// It is interrupted before each byte.
    Interrupted,
    /// It finds something wrong with the end.
    Complains(io::ErrorKind),
}

/// A codec that changes nothing.
struct Copies<R> {
    source: R,
    habit: Habit,
    copied: usize,
    interrupts: bool,
}

impl<R> Copies<R> {
    fn with(habit: Habit) -> impl FnOnce(R) -> Self {
        move |source| Copies { source, habit, copied: 0, interrupts: false }
    }
}

impl<R: AsyncBufRead + Unpin> AsyncRead for Copies<R> {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let mut most = buf.remaining();
        if this.habit == Habit::EndsEarly {
            most = most.min(3 - this.copied);
        }
        if most == 0 {
            return Poll::Ready(Ok(()));
        }
        if this.habit == Habit::Interrupted {
            this.interrupts = !this.interrupts;
            if this.interrupts {
                return Poll::Ready(Err(io::ErrorKind::Interrupted.into()));
            }
            most = 1;
        }
        let bytes = match Pin::new(&mut this.source).poll_fill_buf(cx) {
            Poll::Pending if this.habit == Habit::Impatient => return Poll::Ready(Ok(())),
            polled => ready!(polled)?,
        };
        if let (Habit::Complains(kind), []) = (this.habit, bytes) {
            return Poll::Ready(Err(io::Error::new(kind, "complaint")));
        }
        let n = bytes.len().min(most);
        buf.put_slice(&bytes[..n]);
        Pin::new(&mut this.source).consume(n);
        this.copied += n;
        Poll::Ready(Ok(()))
    }
}

impl<R: AsyncBufRead + Unpin> Layer for Copies<R> {
    type Source = R;
    const DECODES: bool = true;

    fn source(&self) -> &R {
        &self.source
    }

    fn source_mut(&mut self) -> &mut R {
        &mut self.source
    }

    fn source_pin_mut(self: Pin<&mut Self>) -> Pin<&mut R> {
        Pin::new(&mut self.get_mut().source)
    }

    fn into_source(self) -> R {
        self.source
    }
}

fn failure(kind: io::ErrorKind, payload: &str) -> Option<Failure> {
    Some(Failure { kind, payload: payload.into() })
}

#[test]
fn a_codec_of_ones_own_keeps_bytes_errors_and_trailers() {
    let good = wire(b"hello, world", 5).then(Step::Trailer("x-sum", "1"));
    let bad = wire(b"hello, world", 5).then(Step::Error(io::ErrorKind::ConnectionReset, "reset"));
    for script in [good, bad] {
        for through in Through::ALL {
            let _case = Telling::of((&script, through));
            let body = adapt(Foreign::Body, &script, &Pulls::default());
            let mut source: Source = Box::pin(Codec::new(body, Copies::with(Habit::Honest)));
            assert_eq!(drain(&mut source, through, 7).outcome(), script.promise(Foreign::Body));
        }
    }
}

#[test]
fn a_codec_that_takes_pending_for_the_end_hides_no_error() {
    let script = at_once(b"hello", 5).then(Step::Error(io::ErrorKind::ConnectionReset, "reset"));
    for through in Through::ALL {
        let mut source: Source = Box::pin(Codec::new(play(&script), Copies::with(Habit::Impatient)));
        let outcome = drain(&mut source, through, 7).outcome();
        assert_eq!(outcome.failure, failure(io::ErrorKind::ConnectionReset, "reset"));
        assert_eq!(outcome.bytes, b"hello");
    }
}

#[test]
fn a_codec_that_is_interrupted_has_not_ended() {
    for through in Through::ALL {
        let mut source: Source = Box::pin(Codec::new(play(&wire(b"hello", 2)), Copies::with(Habit::Interrupted)));
        let outcome = drain(&mut source, through, 7).outcome();
        assert_eq!((outcome.failure, &outcome.bytes[..]), (None, &b"hello"[..]), "{through:?}");
    }
}

#[test]
fn a_codec_that_ends_before_its_source_is_not_believed() {
    for through in Through::ALL {
        let mut source: Source = Box::pin(Codec::new(play(&wire(b"hello", 2)), Copies::with(Habit::EndsEarly)));
        let outcome = drain(&mut source, through, 7).outcome();
        assert_eq!((outcome.failure.unwrap().kind, &outcome.bytes[..]), (io::ErrorKind::InvalidData, &b"hel"[..]));
    }
    let mut source: Source = Box::pin(Codec::new(play(&wire(b"hel", 2)), Copies::with(Habit::EndsEarly)));
    assert_eq!(drain(&mut source, Through::Stream, 1).outcome().failure, None);
}

#[test]
fn an_error_of_the_decoders_own_at_the_end_is_an_unexpected_end_unless_it_says_more() {
    use io::ErrorKind::{InvalidData, Other, OutOfMemory, UnexpectedEof};
    for (said, heard) in [(Other, UnexpectedEof), (InvalidData, InvalidData), (OutOfMemory, OutOfMemory)] {
        let mut source: Source = Box::pin(Codec::new(play(&wire(b"hello", 2)), Copies::with(Habit::Complains(said))));
        let outcome = drain(&mut source, Through::Stream, 1).outcome();
        assert_eq!((outcome.failure, &outcome.bytes[..]), (failure(heard, "complaint"), &b"hello"[..]));
    }
}

#[test]
fn an_error_in_the_place_of_trailers_fails_the_stream() {
    struct Broken(State);

    impl ByteStream for Broken {
        fn poll_chunk(self: Pin<&mut Self>, _: &mut Context<'_>, _: usize) -> Poll<Option<io::Result<Bytes>>> {
            Poll::Ready(None)
        }

        fn poll_peek(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<&[u8]>> {
            Poll::Ready(Ok(&[]))
        }

        fn consume_peeked(self: Pin<&mut Self>, _: usize) {}

        fn state(&self) -> State {
            self.0
        }

        fn bytes_left(&self) -> (u64, Option<u64>) {
            (0, Some(0))
        }

        fn poll_trailers(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<io::Result<Trailers>>> {
            self.0 = State::Failed;
            Poll::Ready(Some(Err(io::Error::other("bad trailers"))))
        }
    }

    let mut stream = Codec::new(Broken(State::Trailers), GzipEncoder::new);
    drive((&mut stream).collect_vec()).unwrap();
    assert_eq!(stream.state(), State::Trailers);
    let trailers = drive(std::future::poll_fn(|cx| Pin::new(&mut stream).poll_trailers(cx)));
    assert_eq!(trailers.unwrap().unwrap_err().to_string(), "bad trailers");
    assert_eq!((stream.state(), stream.get_ref().is_none()), (State::Failed, true));
}

/// A stream that says when it was dropped.
struct Dropped<S>(S, Rc<Cell<bool>>);

impl<S> Drop for Dropped<S> {
    fn drop(&mut self) {
        self.1.set(true);
    }
}

impl<S: ByteStream + Unpin> ByteStream for Dropped<S> {
    fn poll_chunk(mut self: Pin<&mut Self>, cx: &mut Context<'_>, max: usize) -> Poll<Option<io::Result<Bytes>>> {
        Pin::new(&mut self.0).poll_chunk(cx, max)
    }

    fn poll_peek(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<&[u8]>> {
        Pin::new(&mut self.get_mut().0).poll_peek(cx)
    }

    fn consume_peeked(mut self: Pin<&mut Self>, n: usize) {
        Pin::new(&mut self.0).consume_peeked(n);
    }

    fn state(&self) -> State {
        self.0.state()
    }

    fn bytes_left(&self) -> (u64, Option<u64>) {
        self.0.bytes_left()
    }

    fn poll_trailers(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<io::Result<Trailers>>> {
        Pin::new(&mut self.0).poll_trailers(cx)
    }
}

#[test]
fn codec_and_source_are_let_go_at_the_end_and_on_an_error() {
    for coding in CODINGS {
        let packed = pack(&[7; 10_000], coding);
        let broken = at_once(&packed, 4096).then(Step::Error(io::ErrorKind::ConnectionReset, "reset"));
        let limited = Limits::none().max_bytes(5000);
        for (script, limits) in [
            (at_once(&packed, 4096), Limits::none()),
            (at_once(&packed[..packed.len() / 2], 4096), Limits::none()),
            (broken, Limits::none()),
            (at_once(&packed, 4096), limited),
        ] {
            let dropped = Rc::new(Cell::new(false));
            let below = Dropped(play(&script), Rc::clone(&dropped));
            let mut stream = Decompress::new(below, coding).unwrap().with_limits(limits);
            let _ = drive((&mut stream).collect_vec());
            assert!(dropped.get(), "{coding}, {script:?}");
            assert_ne!(stream.state(), State::Open);
        }
        let dropped = Rc::new(Cell::new(false));
        let mut stream = Compress::new(Dropped(play(&at_once(b"hello", 5)), Rc::clone(&dropped)), coding).unwrap();
        let _ = drive((&mut stream).collect_vec());
        assert!(dropped.get(), "{coding}");
    }
}

#[test]
fn trailers_that_wait_hold_the_source_until_they_are_taken() {
    let script = wire(&pack(b"hello", Encoding::Gzip), 7).then(Step::Trailer("x-sum", "1"));
    let body = adapt(Foreign::Body, &script, &Pulls::default());
    let mut codec = Box::pin(Codec::new(body, GzipDecoder::new));
    assert_eq!(drive(codec.as_mut().collect_vec()).unwrap(), b"hello");
    assert!(codec.get_ref().is_some());
    let mut source: Source = codec;
    assert_eq!(source.state(), State::Trailers);
    assert_eq!(get(&mut source, Through::Chunk, 1).got, Got::End);
    assert_eq!(take_trailers(&mut source).unwrap()["x-sum"], "1");
    assert_eq!((source.state(), take_trailers(&mut source)), (State::Ended, None));
}

#[test]
fn a_pending_read_that_is_dropped_loses_nothing() {
    let mut source: Source =
        Box::pin(Codec::new(Codec::new(play(&wire(b"hello", 1)), GzipEncoder::new), GzipDecoder::new));
    let mut out = Vec::new();
    let throughs = Through::ALL.into_iter().filter(|through| *through != Through::Body).cycle();
    let mut pending = 0;
    for through in throughs {
        let polled = byte_stream_tests::task::poll_once(std::pin::pin!(std::future::poll_fn(|cx| {
            through.poll_get(source.as_mut(), cx, 1)
        })));
        match polled {
            Poll::Pending => pending += 1,
            Poll::Ready(Got::Bytes(bytes)) => out.extend(bytes),
            Poll::Ready(Got::End) => break,
            Poll::Ready(other) => panic!("{other:?}"),
        }
    }
    assert_eq!(out, b"hello");
    assert!(pending > 5);
}

#[test]
fn debug_does_not_ask_the_source() {
    assert_eq!(format!("{:?}", Codec::new(play(&wire(b"", 1)), GzipEncoder::new)), "Codec { .. }");
    let compress = Compress::new(play(&wire(b"", 1)), Encoding::Zstd).unwrap();
    assert_eq!(format!("{compress:?}"), "Compress { encoding: Zstd, .. }");
    let decompress = Decompress::new(play(&wire(b"", 1)), Encoding::Identity).unwrap();
    assert_eq!(format!("{decompress:?}"), "Decompress { encoding: Identity, .. }");
}

#[test]
fn a_layer_reaches_its_input_and_the_input_its_stream() {
    let _ = Codec::new(Bytes::from_static(b"hello"), |input| {
        let mut encoder = GzipEncoder::new(input);
        assert_eq!(encoder.source_mut().get_mut(), "hello");
        assert_eq!(*Pin::new(&mut encoder).source_pin_mut().get_pin_mut(), "hello");
        assert_eq!(format!("{:?}", encoder.source()), "Input { taken: 0, .. }");
        GzipEncoder::new(encoder.into_source())
    });
}
