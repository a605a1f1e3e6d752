//! A read gathers what is there, and keeps for the next call what it meets on the way.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use byte_stream::{ByteStream, FromStream, ReadBuf, State};
use byte_stream_tests::matrix::Telling;
use bytes::{Bytes, BytesMut};
use futures_util::{Stream, stream};

type Item = Poll<Option<io::Result<Bytes>>>;

/// These, one a poll. What comes after `Pending` comes at the next poll; to poll after the end is a mistake.
fn source(items: impl IntoIterator<Item = Item>) -> FromStream<impl Stream<Item = io::Result<Bytes>> + Unpin> {
    let mut items = items.into_iter().collect::<Vec<_>>().into_iter();
    FromStream::new(stream::poll_fn(move |_| items.next().expect("polled after its end")))
}

fn chunk(size: usize) -> Item {
    Poll::Ready(Some(Ok(Bytes::from(vec![7; size]))))
}

fn failure() -> Item {
    Poll::Ready(Some(Err(io::ErrorKind::ConnectionReset.into())))
}

/// How much one read brings.
fn read(source: &mut (impl ByteStream + Unpin), room: usize) -> Poll<Result<usize, io::ErrorKind>> {
    let mut memory = vec![0; room];
    let mut buf = ReadBuf::new(&mut memory);
    let polled = Pin::new(source).poll_read_into(&mut Context::from_waker(Waker::noop()), &mut buf);
    assert!(buf.filled().iter().all(|byte| *byte == 7));
    polled.map_ok(|()| buf.filled().len()).map_err(|error| error.kind())
}

#[test]
fn a_read_gathers_whole_chunks_up_to_a_few_kib() {
    let mut small = source((0..100).map(|_| chunk(64)));
    assert_eq!(read(&mut small, 65_536), Poll::Ready(Ok(4096)));
    let mut packets = source((0..100).map(|_| chunk(1500)));
    assert_eq!(read(&mut packets, 65_536), Poll::Ready(Ok(4500)));
    let mut large = source((0..100).map(|_| chunk(50_000)));
    assert_eq!(read(&mut large, 65_536), Poll::Ready(Ok(50_000)));
}

#[test]
fn a_chunk_that_does_not_fit_behind_others_is_kept_whole() {
    let whole = Bytes::from(vec![7; 90]);
    let mut source = source([chunk(50), Poll::Ready(Some(Ok(whole.clone()))), Poll::Ready(None)]);
    assert_eq!(read(&mut source, 100), Poll::Ready(Ok(50)));
    let kept = Pin::new(&mut source).poll_chunk(&mut Context::from_waker(Waker::noop()), usize::MAX);
    let Poll::Ready(Some(Ok(kept))) = kept else { panic!("{kept:?}") };
    assert_eq!((kept.as_ptr(), kept.len()), (whole.as_ptr(), whole.len()));
}

#[test]
fn a_chunk_that_does_not_fit_an_empty_buffer_is_split() {
    let mut source = source([chunk(250), chunk(10), Poll::Ready(None)]);
    // The rest leaves room for the chunk after it.
    for came in [100, 100, 60, 0] {
        assert_eq!(read(&mut source, 100), Poll::Ready(Ok(came)));
    }
    assert_eq!(source.state(), State::Ended);
}

#[test]
fn what_ends_the_gathering_is_kept_for_the_next_call() {
    let ends = [
        (failure as fn() -> Item, Poll::Ready(Err(io::ErrorKind::ConnectionReset))),
        (|| Poll::Ready(None), Poll::Ready(Ok(0))),
        (|| Poll::Pending, Poll::Ready(Ok(20))),
    ];
    for (which, (end, next)) in ends.into_iter().enumerate() {
        // After whole chunks, after the rest of one, and after chunks that say nothing.
        for (room, before) in [(1000, &[10, 10][..]), (100, &[110]), (1000, &[0, 10, 0, 0])] {
            let _case = Telling::of((which, room, before));
            let all: usize = before.iter().sum();
            let items = before.iter().copied().map(chunk).chain([end(), chunk(20), Poll::Ready(None)]);
            let mut source = source(items);
            let mut came = 0;
            while came < all {
                let Poll::Ready(Ok(n)) = read(&mut source, room) else { panic!("nothing after {came} bytes") };
                came += n;
            }
            assert_eq!(came, all);
            assert_eq!(read(&mut source, room), next);
        }
    }
}

#[test]
fn a_read_is_pending_only_with_nothing_in_hand() {
    let mut source = source([Poll::Pending, chunk(10), Poll::Pending, chunk(20), Poll::Ready(None)]);
    let read = |source: &mut _| read(source, 100);
    assert_eq!(read(&mut source), Poll::Pending);
    assert_eq!(read(&mut source), Poll::Ready(Ok(10)));
    assert_eq!(read(&mut source), Poll::Ready(Ok(20)));
    assert_eq!(read(&mut source), Poll::Ready(Ok(0)));
}

#[test]
fn a_read_appends_without_initialising_what_it_does_not_fill() {
    let mut source = source([chunk(10), chunk(20), Poll::Ready(None)]);
    let mut memory = Vec::with_capacity(8192);
    let mut buf = ReadBuf::uninit(memory.spare_capacity_mut());
    buf.put_slice(b"before");
    let polled = Pin::new(&mut source).poll_read_into(&mut Context::from_waker(Waker::noop()), &mut buf);
    assert!(matches!(polled, Poll::Ready(Ok(()))), "{polled:?}");
    assert_eq!((buf.filled().len(), buf.initialized().len()), (36, 36));
    assert!(buf.filled().starts_with(b"before"));
}

/// A chunk of a type that this crate does not know.
struct Own(Vec<u8>);

impl From<Own> for Bytes {
    fn from(own: Own) -> Bytes {
        own.0.into()
    }
}

#[test]
fn chunks_of_every_type_are_read_whatever_the_size_of_the_buffer() {
    fn check<B: Into<Bytes> + 'static>(of: fn(&'static [u8]) -> B) {
        const SIZES: [usize; 6] = [1, 100, 0, 5000, 64, 1500];
        static SEVENS: [u8; 5000] = [7; 5000];
        for room in [1, 64, 512, 8192] {
            let items = SIZES.map(|size| Ok::<_, io::Error>(of(&SEVENS[..size])));
            let mut source = FromStream::new(stream::iter(items));
            let mut all = 0;
            while let Poll::Ready(Ok(n @ 1..)) = read(&mut source, room) {
                all += n;
            }
            assert_eq!((all, source.state()), (SIZES.iter().sum(), State::Ended));
        }
    }
    check(Bytes::from_static);
    check(BytesMut::from);
    check(<[u8]>::to_vec);
    check(Box::<[u8]>::from);
    check(|bytes| bytes);
    check(|bytes| Own(bytes.to_vec()));
}
