//! Our methods keep out of the way of everybody else's.

#![expect(unused_imports, reason = "that they are in scope is the test")]

use byte_stream::{ByteStream, ByteStreamExt, FromRead, stream};
use bytes::{Buf, BufMut};
use futures::executor::block_on;
use futures::io::{AsyncBufRead as _, AsyncBufReadExt as _, AsyncRead as _, AsyncReadExt as _};
use futures::{FutureExt, Stream, StreamExt, TryStream, TryStreamExt};
use http_body::Body;
use http_body_util::BodyExt;
use std::io::{BufRead, Read};
use std::pin::Pin;
use std::task::{Context, Waker};
use tokio::io::{
    AsyncBufRead as _, AsyncBufReadExt as _, AsyncRead as _, AsyncReadExt as _, AsyncWriteExt as _, ReadBuf,
};
use tokio_util::compat::{FuturesAsyncReadCompatExt as _, TokioAsyncReadCompatExt as _};

/// A method that one of those traits has too would be an E0034 here.
#[test]
fn every_method_can_be_called_with_all_of_the_extension_traits_in_scope() {
    let stream = || FromRead::new(&b"hello"[..]);
    let mut cx = Context::from_waker(Waker::noop());

    let mut core = stream();
    assert_eq!(core.state(), byte_stream::State::Open);
    assert_eq!(core.bytes_left(), (0, None));
    assert!(Pin::new(&mut core).poll_peek(&mut cx).is_ready());
    Pin::new(&mut core).consume_peeked(1);
    assert!(Pin::new(&mut core).poll_read_into(&mut cx, &mut ReadBuf::new(&mut [0; 1])).is_ready());
    assert!(Pin::new(&mut core).poll_chunk(&mut cx, 1).is_ready());
    assert!(Pin::new(&mut core).poll_trailers(&mut cx).is_ready());

    assert_eq!(block_on(stream().collect_bytes()).unwrap(), "hello");
    assert_eq!(block_on(stream().collect_bytes_limited(5)).unwrap(), "hello");
    assert_eq!(block_on(stream().collect_vec()).unwrap(), b"hello");
    assert_eq!(block_on(stream().collect_vec_limited(5)).unwrap(), b"hello");
    assert_eq!(block_on(stream().collect_string()).unwrap(), "hello");
    assert_eq!(block_on(stream().collect_string_limited(5)).unwrap(), "hello");
    assert_eq!(block_on(stream().copy_to(&mut Vec::new())).unwrap(), 5);
    assert_eq!(block_on(stream().peek_bytes(2)).unwrap().0, "he");
    let _ = stream().into_box();
    let _ = stream().into_local_box();
    let _ = stream().into_sync();
    let _ = stream().as_stream();
    let _ = stream().as_tokio();
    let _ = stream().as_futures();
    let _ = stream().as_body();
}

#[test]
fn a_borrow_as_one_world_has_the_methods_of_that_world() {
    let stream = || FromRead::new(&b"hello"[..]);
    assert_eq!(block_on(stream().as_stream().take(1).collect::<Vec<_>>()).len(), 1);
    let mut out = String::new();
    block_on(stream().as_tokio().take(2).read_to_string(&mut out)).unwrap();
    block_on(stream().as_futures().take(2).read_to_string(&mut out)).unwrap();
    assert_eq!(out, "hehe");
    assert_eq!(block_on(stream().as_body().collect()).unwrap().to_bytes(), "hello");
}
