//! What one does with a stream: collecting, copying, borrowing.

use std::cell::Cell;
use std::io;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use byte_stream::adapter::LengthGuard;
use byte_stream::error::{LengthError, find};
use byte_stream::{
    ByteStream, ByteStreamExt, FromFuture, FromIter, FromRead, FromStream, Inspect, State, SyncByteStream, View, stream,
};
use bytes::Bytes;
use futures::FutureExt;
use futures::executor::block_on;
use tokio::io::{AsyncReadExt, AsyncWrite};

/// A writer that takes a few bytes at a time, and is pending so often when it is flushed.
#[derive(Default)]
struct Writer {
    written: Vec<u8>,
    flushed: usize,
    pending: usize,
    most: usize,
}

impl Writer {
    fn pending(pending: usize) -> Self {
        Writer { pending, most: 2, ..Writer::default() }
    }
}

impl AsyncWrite for Writer {
    fn poll_write(mut self: Pin<&mut Self>, _: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let n = bytes.len().min(self.most);
        self.written.extend_from_slice(&bytes[..n]);
        Poll::Ready(Ok(n))
    }

    fn poll_flush(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.pending > 0 {
            self.pending -= 1;
            return Poll::Pending;
        }
        self.flushed = self.written.len();
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        panic!("a copy does not shut the writer down")
    }
}

fn broken() -> FromIter<std::array::IntoIter<Result<&'static str, &'static str>, 2>> {
    FromIter::new([Ok("abc"), Err("reset")])
}

#[test]
fn a_copy_writes_and_flushes_everything_before_it_reports_an_error() {
    let mut writer = Writer::pending(0);
    let error = block_on(broken().copy_to(&mut writer)).unwrap_err();
    assert_eq!((error.to_string().as_str(), &writer.written[..], writer.flushed), ("reset", &b"abc"[..], 3));
}

#[test]
fn a_copy_that_is_dropped_while_it_flushes_an_error_does_not_succeed_later() {
    let (mut stream, mut writer) = (broken(), Writer::pending(1));
    assert!(stream.copy_to(&mut writer).now_or_never().is_none());
    assert!(stream.copy_to(&mut writer).now_or_never().unwrap().is_err());
}

#[test]
fn a_copy_that_is_dropped_while_it_flushes_is_flushed_by_the_next() {
    let (mut stream, mut writer) = (stream!["abc"], Writer::pending(1));
    assert!(stream.copy_to(&mut writer).now_or_never().is_none());
    assert_eq!(stream.copy_to(&mut writer).now_or_never().unwrap().unwrap(), 0);
    assert_eq!(writer.flushed, 3);
}

#[test]
fn a_writer_that_takes_nothing_is_an_error_and_the_bytes_stay() {
    let mut stream = stream!["abc"];
    let error = block_on(stream.copy_to(&mut Writer::default())).unwrap_err();
    assert_eq!((error.kind(), stream.bytes_left()), (io::ErrorKind::WriteZero, (3, Some(3))));
}

/// A writer that notes each write, takes at most so much, and is `Pending` where it may take nothing.
#[derive(Default)]
struct Writes {
    script: std::collections::VecDeque<usize>,
    sizes: Vec<usize>,
    pointers: Vec<*const u8>,
    all: Vec<u8>,
    flushed: usize,
}

impl AsyncWrite for Writes {
    fn poll_write(mut self: Pin<&mut Self>, _: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let n = match self.script.pop_front() {
            Some(0) => return Poll::Pending,
            most => bytes.len().min(most.unwrap_or(usize::MAX)),
        };
        self.sizes.push(n);
        self.pointers.push(bytes.as_ptr());
        self.all.extend_from_slice(&bytes[..n]);
        Poll::Ready(Ok(n))
    }

    fn poll_flush(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.flushed = self.all.len();
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        panic!("a copy does not shut the writer down")
    }
}

#[test]
fn small_chunks_that_are_ready_are_written_together() {
    for size in [64, 1_500] {
        let count = (1 << 20) / size;
        let mut writer = Writes::default();
        let copied = block_on(FromIter::new(vec![Bytes::from(vec![7; size]); count]).copy_to(&mut writer)).unwrap();
        assert_eq!((copied, writer.all.len()), ((count * size) as u64, count * size));
        assert!(writer.sizes.len() <= 18, "{} writes", writer.sizes.len());
    }
}

#[test]
fn a_large_chunk_is_written_as_it_is_and_in_its_place() {
    let (small, large) = (Bytes::from_static(b"small"), Bytes::from(vec![7; 20_000]));
    let chunks = [small.clone(), small.clone(), large.clone(), small.clone(), small.clone(), large.clone()];
    let mut writer = Writes::default();
    block_on(FromIter::new(chunks.clone()).copy_to(&mut writer)).unwrap();
    assert_eq!(writer.all, chunks.concat());
    assert_eq!(writer.sizes, [5, 5, 20_000, 10, 20_000]);
    assert_eq!((writer.pointers[2], writer.pointers[4]), (large.as_ptr(), large.as_ptr()));
}

#[test]
fn what_is_gathered_is_written_and_flushed_before_the_stream_is_waited_for() {
    let mut left = [Poll::Ready("a"), Poll::Ready("b"), Poll::Ready("c"), Poll::Pending].into_iter();
    let mut stream = FromStream::new(futures::stream::poll_fn(|_| left.next().unwrap_or(Poll::Pending).map(Some)));
    let mut writer = Writes::default();
    assert!(stream.copy_to(&mut writer).now_or_never().is_none());
    assert_eq!((&writer.all[..], &writer.sizes[..], writer.flushed), (&b"abc"[..], &[1, 2][..], 3));
}

#[test]
fn what_is_gathered_comes_before_the_error_behind_it() {
    let mut writer = Writes { script: [1, 0, 1, 1, 0].into(), ..Writes::default() };
    let mut stream = FromIter::new([Ok("a"), Ok("bc"), Ok("de"), Err("reset")]);
    let mut copy = stream.copy_to(&mut writer);
    assert!((&mut copy).now_or_never().is_none());
    assert!((&mut copy).now_or_never().is_none());
    let error = copy.now_or_never().unwrap().unwrap_err();
    assert_eq!((error.to_string().as_str(), &writer.all[..], writer.flushed), ("reset", &b"abcde"[..], 5));
}

#[test]
fn what_a_copy_has_gathered_and_the_writer_has_not_taken_is_lent_before_it_is_dropped() {
    let mut writer = Writes { script: [1, 1, 0].into(), ..Writes::default() };
    let mut stream = FromIter::new(["a", "bc", "de"]);
    let mut copy = stream.copy_to(&mut writer);
    assert!(copy.unwritten().is_empty());
    assert!((&mut copy).now_or_never().is_none());
    assert_eq!(copy.unwritten(), b"cde");
    assert_eq!(writer.all, b"ab");
}

/// A writer that takes so many bytes, and then fails.
struct Breaks(usize);

impl AsyncWrite for Breaks {
    fn poll_write(mut self: Pin<&mut Self>, _: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let n = bytes.len().min(self.0);
        self.0 -= n;
        Poll::Ready(if n == 0 { Err(io::ErrorKind::BrokenPipe.into()) } else { Ok(n) })
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        panic!("a writer that has failed is not flushed")
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        panic!("a copy does not shut the writer down")
    }
}

#[test]
fn what_a_writer_that_fails_has_not_taken_is_with_the_copy_or_still_in_the_stream() {
    for taken in 0..5 {
        let mut writer = Breaks(taken);
        let mut stream = FromIter::new(["a", "bc", "de"]);
        let mut copy = stream.copy_to(&mut writer);
        let error = (&mut copy).now_or_never().unwrap().unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::BrokenPipe, "{taken}");
        let mut rest = copy.unwritten().to_vec();
        rest.extend(block_on(stream.collect_bytes()).unwrap());
        assert_eq!(rest, &b"abcde"[taken..], "{taken}");
    }
}

#[test]
fn a_stream_that_has_failed_before_is_not_collected_as_an_empty_one() {
    let mut stream = broken();
    assert_eq!(block_on((&mut stream).collect_bytes()).unwrap_err().to_string(), "reset");
    assert!(block_on((&mut stream).collect_bytes()).is_err());
}

#[test]
fn a_limit_is_kept_to_the_byte_and_known_too_long_at_once() {
    assert_eq!(block_on(FromIter::new(["ab", "cd"]).collect_vec_limited(4)).unwrap(), b"abcd");
    let error = block_on(FromIter::new(["ab", "cd"]).collect_string_limited(3)).unwrap_err();
    assert_eq!(find(&error), Some(&LengthError::TooLong { limit: 3 }));
    let mut long = stream!["ab", "cd"];
    assert!(block_on((&mut long).collect_bytes_limited(3)).is_err());
    assert_eq!(long.bytes_left(), (4, Some(4)), "nothing was read");
}

#[test]
fn a_single_chunk_is_not_copied() {
    let bytes = Bytes::from(vec![1, 2, 3]);
    let pointer = bytes.as_ptr();
    assert_eq!(block_on(FromIter::new([bytes]).collect_bytes()).unwrap().as_ptr(), pointer);
    let bytes = Bytes::from(vec![1, 2, 3]);
    let pointer = bytes.as_ptr();
    let collected = block_on(FromIter::new([bytes]).collect_vec()).unwrap();
    assert_eq!(collected.as_ptr(), pointer);
}

#[test]
fn a_string_that_is_none_gives_its_bytes_back() {
    let error = block_on(stream![b"\xff\xfe"].collect_string()).unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::InvalidData);
    assert_eq!(error.downcast::<std::string::FromUtf8Error>().unwrap().into_bytes(), b"\xff\xfe");
}

#[test]
fn the_start_is_looked_at_and_comes_again() {
    for length in 0..8 {
        let mut source = FromIter::new(["", "ab", "cd", "", "ef"]);
        let (head, body) = block_on((&mut source).peek_bytes(length)).unwrap();
        assert_eq!(head, &b"abcdef"[..length.min(6)]);
        assert_eq!(block_on(body.collect_bytes()).unwrap(), "abcdef");
    }
}

#[test]
fn a_start_within_one_chunk_is_not_copied_and_nothing_beyond_it_is_read() {
    let mut source = stream!["header and body"];
    let (head, body) = block_on((&mut source).peek_bytes(6)).unwrap();
    assert_eq!(body.bytes_left(), (15, Some(15)));
    let (replayed, rest) = body.into_parts();
    assert_eq!(head.as_ptr(), replayed.as_ptr());
    assert_eq!(block_on(rest.collect_bytes()).unwrap(), " and body");
}

#[test]
fn an_error_within_the_start_is_an_error_and_a_later_one_comes_at_its_place() {
    assert_eq!(block_on(broken().peek_bytes(4)).unwrap_err().to_string(), "reset");
    let (head, body) = block_on(broken().peek_bytes(3)).unwrap();
    assert_eq!(head, "abc");
    assert_eq!(block_on(body.collect_bytes()).unwrap_err().to_string(), "reset");
}

#[tokio::test]
async fn a_future_may_take_its_time_and_a_dropped_read_does_not_begin_it_anew() {
    let begun = Cell::new(0);
    let mut late = Box::pin(FromFuture::new(async {
        begun.set(begun.get() + 1);
        tokio::task::yield_now().await;
        io::Result::Ok(stream!["made"])
    }));
    assert!((&mut late).collect_bytes().now_or_never().is_none());
    assert_eq!((late.state(), late.get_ref().is_none()), (State::Open, true));
    assert_eq!((&mut late).collect_bytes().await.unwrap(), "made");
    assert_eq!((begun.get(), late.state()), (1, State::Ended));
}

#[test]
fn a_future_is_polled_when_its_stream_is_read_and_its_error_is_the_streams() {
    let polled = Cell::new(false);
    let future = async {
        polled.set(true);
        Err::<Bytes, _>("no such bucket")
    };
    let mut late = Box::pin(FromFuture::new(future));
    assert_eq!((late.state(), late.bytes_left(), polled.get()), (State::Open, (0, None), false));
    assert_eq!(block_on(late.read(&mut [])).unwrap(), 0);
    assert!(!polled.get(), "a read into an empty buffer polls nothing");
    assert_eq!(block_on((&mut late).collect_bytes()).unwrap_err().to_string(), "no such bucket");
    assert_eq!((late.state(), late.bytes_left()), (State::Failed, (0, Some(0))));
}

/// A stream of one byte that counts how often it is peeked at.
struct Peeks(Rc<Cell<u32>>);

impl ByteStream for Peeks {
    fn poll_chunk(self: Pin<&mut Self>, _: &mut Context<'_>, _: usize) -> Poll<Option<io::Result<Bytes>>> {
        Poll::Ready(Some(Ok(Bytes::from_static(b"x"))))
    }

    fn poll_peek(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<&[u8]>> {
        self.0.set(self.0.get() + 1);
        Poll::Ready(Ok(b"x"))
    }

    fn consume_peeked(self: Pin<&mut Self>, _: usize) {}

    fn state(&self) -> State {
        State::Open
    }

    fn bytes_left(&self) -> (u64, Option<u64>) {
        (0, None)
    }
}

#[derive(ByteStream)]
struct Pair<A>(#[byte_stream(source)] A, #[byte_stream(source)] Bytes);

#[test]
fn a_peek_through_many_layers_does_not_double_with_each() {
    let peeks = Rc::new(Cell::new(0));
    let mut deep = Peeks(peeks.clone()).into_local_box();
    for _ in 0..5 {
        let layer = Pair(SyncByteStream::new(deep), Bytes::new());
        let layer = Inspect::new(LengthGuard::new(layer, ..), |_: &[u8]| ());
        deep = View::new(layer).into_local_box();
    }
    let mut cx = Context::from_waker(Waker::noop());
    assert!(Pin::new(&mut deep).poll_peek(&mut cx).is_ready());
    assert!(peeks.get() <= 21, "{} peeks in 20 layers", peeks.get());
}

#[test]
fn memory_that_has_been_read_is_let_go() {
    #[derive(Clone)]
    struct Owner(Arc<[u8]>);

    impl AsRef<[u8]> for Owner {
        fn as_ref(&self) -> &[u8] {
            &self.0
        }
    }

    let memory: Arc<[u8]> = vec![1; 100].into();
    let mut stream = View::new(Bytes::from_owner(Owner(memory.clone())));
    block_on(stream.read_exact(&mut [0; 100])).unwrap();
    assert_eq!((stream.state(), Arc::strong_count(&memory)), (State::Ended, 1));
}

/// The futures trait in its vectored form goes through the buffered bytes, and loses none of them.
#[test]
fn a_vectored_read_fills_one_buffer_after_another() {
    let mut reader = FromRead::new(&b"hello, world"[..]);
    let (mut one, mut two, mut none) = ([0; 3], [0; 4], []);
    let mut buffers = [&mut none[..], &mut one[..], &mut two[..]].map(io::IoSliceMut::new);
    let n = block_on(futures::AsyncReadExt::read_vectored(&mut reader, &mut buffers)).unwrap();
    assert_eq!((n, &one, &two), (7, b"hel", b"lo, "));
    assert_eq!(block_on(reader.collect_bytes()).unwrap(), "world");
}

#[tokio::test]
async fn many_small_chunks_give_other_tasks_their_turn_too() {
    let polls = Rc::new(Cell::new(0_u32));
    let counted = polls.clone();
    let endless = futures::stream::repeat_with(move || {
        counted.set(counted.get() + 1);
        assert!(counted.get() < 100_000, "it does not yield");
        Bytes::from_static(b"x")
    });
    let mut stream = FromStream::new(endless);
    let yielded = std::future::poll_fn(|cx| {
        while Pin::new(&mut stream).poll_chunk(cx, usize::MAX).is_ready() {}
        Poll::Ready(polls.get())
    });
    assert!(yielded.await > 100);
}
