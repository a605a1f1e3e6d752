//! A reader that takes the buffer as a source. It goes through the whole contract as one of the foreign sources.

use std::cell::{Cell, RefCell};
use std::future::{Future, poll_fn};
use std::io;
use std::marker::PhantomPinned;
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::task::Poll;
use std::thread;

use byte_stream::owned::{BoxOperation, InPlace, LocalBoxOperation, OwnedRead};
use byte_stream::testing::{Pulls, RawReader};
use byte_stream::{ByteStream, ByteStreamExt, FromOwned, FromRead, State, stream};
use byte_stream_tests::task::{Nap, drive, poll_once};
use bytes::{Bytes, BytesMut};
use futures_util::StreamExt;
use static_assertions::{assert_impl_all, assert_not_impl_any};
use tokio::io::{AsyncBufReadExt, AsyncReadExt};

async fn read(mut reader: RawReader, mut buf: BytesMut) -> (RawReader, (io::Result<usize>, BytesMut)) {
    let read = reader.read_buf(&mut buf).await;
    (reader, (read, buf))
}

fn chunk<S: ByteStream + Unpin>(stream: &mut S, max: usize) -> Bytes {
    drive(poll_fn(|cx| Pin::new(&mut *stream).poll_chunk(cx, max))).unwrap().unwrap()
}

#[test]
fn a_read_of_any_view_that_is_dropped_leaves_the_operation_in_flight() {
    let pulls = Pulls::default();
    let reader = stream!["hel", pending, "lo, ", pending, "world", pending].raw_reader().counted_by(&pulls);
    let mut body = pin!(FromOwned::from_fn(reader, read));
    assert_eq!(drive(body.next()).unwrap().unwrap(), "hel");
    assert!(poll_once(pin!(body.next())).is_pending());
    assert!(body.get_ref().is_none(), "an operation has the reader");
    // Woken by the kit, which wakes all sleepers: what came of the operation is read by another view.
    let mut two = [0; 2];
    drive(body.read_exact(&mut two)).unwrap();
    assert_eq!(&two, b"lo");
    assert_eq!(drive(body.next()).unwrap().unwrap(), ", ");
    assert!(poll_once(pin!(body.fill_buf())).is_pending());
    assert!(poll_once(pin!(body.read_exact(&mut two))).is_ready());
    assert_eq!(&two, b"wo");
    assert_eq!(drive(body.as_mut().collect_bytes()).unwrap(), "rld");
}

#[test]
fn the_operation_is_the_same_one_however_often_it_is_polled() {
    let begun = Rc::new(Cell::new(0));
    let counter = Rc::clone(&begun);
    let body = FromOwned::from_fn(stream!["a", pending * 3, "b"].raw_reader(), move |reader, buf| {
        counter.set(counter.get() + 1);
        read(reader, buf)
    });
    let mut body = pin!(body);
    let mut out = Vec::new();
    let mut polls = 0;
    loop {
        polls += 1;
        match poll_once(pin!(body.next())) {
            Poll::Ready(None) => break,
            Poll::Ready(Some(chunk)) => out.extend(chunk.unwrap()),
            Poll::Pending => {}
        }
    }
    assert_eq!((&out[..], begun.get(), polls), (&b"ab"[..], 3, 6));
}

#[test]
fn finish_waits_for_the_operation_in_flight_and_gives_everything_back() {
    let reader = stream![pending, "hello", "world"].raw_reader();
    let mut body = pin!(FromOwned::from_fn(reader, read));
    assert!(poll_once(pin!(body.next())).is_pending());
    // To drop it loses nothing either.
    let again = drive(async {
        let first = body.as_mut().finish();
        drop(first);
        body.as_mut().finish().await
    });
    let parts = again.unwrap();
    assert_eq!((&parts.unread[..], parts.error.is_none()), (&b"hello"[..], true));
    assert_eq!((body.state(), body.bytes_left()), (State::Ended, (0, Some(0))));
    assert!(drive(body.as_mut().finish()).is_none(), "the reader is given back once");
    assert!(drive(body.next()).is_none());
    assert_eq!(drive(FromRead::new(parts.source).collect_bytes()).unwrap(), "world");
}

#[test]
fn finish_keeps_an_error_that_the_operation_in_flight_came_to() {
    let mut body = pin!(FromOwned::from_fn(stream![pending, error(BrokenPipe)].raw_reader(), read));
    assert!(poll_once(pin!(body.next())).is_pending());
    let parts = drive(body.as_mut().finish()).unwrap();
    assert_eq!(parts.error.unwrap().kind(), io::ErrorKind::BrokenPipe);
    assert!(parts.unread.is_empty());
}

#[test]
fn finish_with_nothing_in_flight_gives_the_unread_rest() {
    let mut body = FromOwned::from_fn(stream!["hello"].raw_reader(), read).boxed();
    assert_eq!(chunk(&mut body, usize::MAX).slice(..1), "h");
    assert_eq!(drive(body.next()).map(Result::unwrap), None);
    assert!(drive(Pin::new(&mut body).finish()).unwrap().unread.is_empty());

    let mut body = FromOwned::from_fn(stream!["hello"].raw_reader(), read).boxed();
    assert_eq!(drive(body.fill_buf()).unwrap(), b"hello");
    body.consume(2);
    assert_eq!(body.into_parts().unwrap().unread, "llo");
}

#[test]
fn what_is_in_flight_cannot_be_taken_apart_and_loses_nothing_by_it() {
    let mut body = FromOwned::from_fn(stream![pending, "hello"].raw_reader(), read).boxed();
    assert!(poll_once(pin!(body.next())).is_pending());
    let body = body.into_parts().unwrap_err();
    let body = body.into_inner().unwrap_err();
    assert_eq!(drive(body.collect_bytes()).unwrap(), "hello");
}

#[test]
fn a_chunk_that_was_begun_for_more_room_is_split_and_one_of_a_size_reads_no_further() {
    let pulls = Pulls::default();
    let reader = stream![pending, "hello", "wor", "ld"].raw_reader().counted_by(&pulls);
    let mut body = FromOwned::from_fn(reader, read).boxed();
    assert!(poll_once(pin!(body.next())).is_pending());
    let (head, tail) = (chunk(&mut body, 2), chunk(&mut body, usize::MAX));
    assert_eq!((&head[..], &tail[..]), (&b"he"[..], &b"llo"[..]));
    assert_eq!(head.as_ptr().wrapping_add(2), tail.as_ptr(), "it is split without a copy");
    assert_eq!(chunk(&mut body, 1), "w");
    let parts = body.into_parts().unwrap();
    assert!(parts.unread.is_empty(), "no more was read than was asked for");
    assert_eq!(drive(FromRead::new(parts.source).collect_bytes()).unwrap(), "orld");
}

#[test]
fn chunks_are_split_off_one_block_and_stay_what_they_are() {
    let all: Bytes = (0..=255).cycle().take(300_000).collect();
    for chunk_size in [1, 7, 1000, 64 * 1024] {
        let body = FromOwned::from_fn(stream![{ all.clone() }, "end"].raw_reader(), read).with_chunk_size(chunk_size);
        let chunks = drive(Box::pin(body).map(Result::unwrap).collect::<Vec<_>>());
        assert!(chunks.iter().all(|chunk| (1..=chunk_size).contains(&chunk.len())));
        assert_eq!(chunks.concat(), [&all, &b"end"[..]].concat());
    }
}

#[test]
fn a_chunk_size_may_be_larger_than_memory_if_what_is_read_is_not() {
    let body = FromOwned::from_fn(stream!["hello"].raw_reader(), read).with_chunk_size(usize::MAX);
    assert_eq!(drive(Box::pin(body).collect_bytes()).unwrap(), "hello");
}

#[test]
fn a_block_is_used_again_when_its_chunks_are_gone() {
    let all: Bytes = vec![7; 1400].into();
    let script = byte_stream::testing::Script::new((0..200).map(|_| byte_stream::literal::Step::Chunk(all.clone())));
    let body = FromOwned::from_fn(script.raw_reader(), read);
    let mut blocks = std::collections::HashSet::new();
    let mut body = pin!(body);
    while let Some(chunk) = drive(body.next()) {
        blocks.insert(chunk.unwrap().as_ptr() as usize / (64 * 1024));
    }
    assert!(blocks.len() <= 2, "one block, wherever it lies: {blocks:?}");
}

#[test]
fn reads_that_come_short_of_a_bound_leave_the_larger_part_of_the_block_for_the_next() {
    let all: Bytes = vec![7; 1400].into();
    let script = byte_stream::testing::Script::new((0..40).map(|_| byte_stream::literal::Step::Chunk(all.clone())));
    let mut body = Box::pin(FromOwned::from_fn(script.raw_reader(), read));
    // As a prefix asks, of which so much is left.
    let chunks: Vec<Bytes> = (0..40).map(|_| chunk(&mut body, 40_000)).collect();
    let ends = chunks.windows(2).filter(|pair| pair[0].as_ptr_range().end != pair[1].as_ptr()).count();
    assert!(ends <= 2, "all of them lie in one or two blocks, but there are {} pieces", ends + 1);
}

#[test]
fn it_moves_to_another_task_and_thread_while_it_is_in_flight() {
    let mut body = Box::pin(FromOwned::from_fn(stream![pending, "hello", pending, " there"].raw_reader(), read));
    assert!(poll_once(pin!(body.next())).is_pending());
    let rest = thread::spawn(move || drive(body.collect_bytes())).join().unwrap();
    assert_eq!(rest.unwrap(), "hello there");
}

#[test]
fn a_reader_that_is_not_send_is_read_too() {
    let reader = Rc::new(Cell::new(3));
    let body = FromOwned::from_fn(reader, |reader: Rc<Cell<u8>>, mut buf| async move {
        let left = reader.get();
        buf.extend_from_slice(&[b'x'; 3][..usize::from(left)]);
        reader.set(left.saturating_sub(2));
        (reader, (Ok(left.into()), buf))
    });
    assert_eq!(drive(body.boxed_local().collect_bytes()).unwrap(), "xxxx");
}

/// An `OwnedRead` of somebody's whose operations are not `Unpin`.
struct Steps(Vec<&'static str>, PhantomPinned);

impl OwnedRead for Steps {
    async fn read_owned<B: byte_stream::owned::IoBufMut>(&mut self, mut buf: B) -> (io::Result<usize>, B) {
        tokio::task::yield_now().await;
        let step = self.0.pop().unwrap_or_default();
        buf.put_slice(step.as_bytes());
        (Ok(step.len()), buf)
    }
}

#[test]
fn any_owned_reader_is_a_source_and_any_stream_an_owned_reader() {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(async {
        let body = Box::pin(FromOwned::new(Steps(vec!["three", "two", "one"], PhantomPinned)));
        // Round and round.
        let body = Box::pin(FromOwned::new(Box::pin(FromOwned::new(body))));
        assert_eq!(body.collect_bytes().await.unwrap(), "onetwothree");
    });
}

type Ready = std::future::Ready<((), (io::Result<usize>, BytesMut))>;
type Read<R> = fn(R, BytesMut) -> Ready;
type NotSend = std::sync::MutexGuard<'static, ()>;
type Place<Fut> = InPlace<Read<()>, Fut>;

assert_impl_all!(FromOwned<(), Place<Ready>>: Send, Sync, Unpin);
assert_not_impl_any!(FromOwned<NotSend, Place<Ready>>: Send);
assert_not_impl_any!(FromOwned<(), Place<NotSend>>: Send);
assert_not_impl_any!(FromOwned<(), Place<Cell<()>>>: Sync);
assert_not_impl_any!(FromOwned<(), Place<PhantomPinned>>: Unpin);
assert_impl_all!(FromOwned<PhantomPinned, BoxOperation<'static, PhantomPinned>>: Send, Unpin);
assert_not_impl_any!(FromOwned<(), LocalBoxOperation<'static, ()>>: Send);

/// Reads now, and hands over later: as the kernel does.
async fn read_like_a_kernel(reader: &RefCell<RawReader>, mut buf: BytesMut) -> (io::Result<usize>, BytesMut) {
    let read = poll_fn(|cx| pin!(reader.borrow_mut().read_buf(&mut buf)).poll(cx)).await;
    let mut nap = Nap::default();
    poll_fn(|cx| nap.poll(cx)).await;
    (read, buf)
}

#[test]
fn an_adapter_that_begins_a_fresh_operation_at_each_poll_loses_bytes_and_this_one_does_not() {
    let script = || RefCell::new(stream!["one", "two", "three"].raw_reader());
    let right = FromOwned::from_fn(script(), |reader, buf| async move {
        let read = read_like_a_kernel(&reader, buf).await;
        (reader, read)
    });
    assert_eq!(drive(Box::pin(right).collect_bytes()).unwrap(), "onetwothree");

    let reader = script();
    let mut wrong = poll_fn(|cx| pin!(read_like_a_kernel(&reader, BytesMut::with_capacity(8))).poll(cx));
    for _ in 0..3 {
        assert!(poll_once(Pin::new(&mut wrong)).is_pending(), "the negative control has read something");
    }
    let left = drive(FromRead::new(reader.into_inner()).collect_bytes()).unwrap();
    assert!(left.is_empty(), "the negative control has lost nothing: {left:?}");
}

#[test]
fn a_block_begins_at_a_cache_line_also_when_it_is_read_into_again() {
    for keep in [true, false] {
        let mut kept = Vec::new();
        let mut body =
            pin!(FromOwned::from_fn(&[7; 1_000_000][..], async |mut reader: &'static [u8], mut buf: BytesMut| {
                let read = reader.read_buf(&mut buf).await;
                (reader, (read, buf))
            }));
        while let Some(chunk) = drive(body.next()) {
            let chunk = chunk.unwrap();
            assert_eq!(chunk.as_ptr().addr() % 64, 0, "of {} bytes", chunk.len());
            kept.extend(keep.then_some(chunk));
        }
    }
}
