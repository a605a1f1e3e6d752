//! A poll function as a source. It goes through the whole contract as one of the foreign sources.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

use byte_stream::{ByteStream, ByteStreamExt, FromPollFn};
use byte_stream_tests::task::drive;
use bytes::Bytes;
use futures_util::Stream;

fn chunk<S: ByteStream + Unpin>(stream: &mut S, max: usize) -> Bytes {
    drive(poll_fn(|cx| Pin::new(&mut *stream).poll_chunk(cx, max))).unwrap().unwrap()
}

#[test]
fn what_is_polled_may_be_pinned() {
    let generator = async_stream::stream! {
        yield Ok("one ");
        yield Ok("two");
        yield Err("reset");
    };
    let mut object = Box::pin(generator);
    let mut body = FromPollFn::new(move |cx| object.as_mut().poll_next(cx));
    assert_eq!((chunk(&mut body, usize::MAX), chunk(&mut body, usize::MAX)), ("one ".into(), "two".into()));
    assert_eq!(drive(body.collect_bytes()).unwrap_err().to_string(), "reset");
}

#[test]
fn what_was_taken_before_comes_first_and_what_is_unread_is_handed_back() {
    let mut chunks = ["3", "12"].into_iter();
    let next = move |_: &mut Context<'_>| Poll::Ready(chunks.next_back());
    let mut body = FromPollFn::with_unread(next, Bytes::from("0"));
    assert_eq!((chunk(&mut body, usize::MAX), chunk(&mut body, 1)), ("0".into(), "1".into()));
    let parts = body.into_parts();
    assert_eq!(parts.unread, "2");
    assert_eq!(drive(FromPollFn::from(parts.source).collect_bytes()).unwrap(), "3");
}
