//! `Stream` and `FusedStream`.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;

use crate::{ByteStream, State};

#[doc(hidden)]
#[inline]
pub fn poll_next<S>(stream: Pin<&mut S>, cx: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>>
where
    S: ByteStream + ?Sized,
{
    stream.poll_chunk(cx, usize::MAX)
}

/// Counts items: at least one, a chunk or the error in its place, as long as bytes must come.
#[doc(hidden)]
pub fn size_hint<S: ByteStream + ?Sized>(stream: &S) -> (usize, Option<usize>) {
    match stream.state() {
        State::Open => (usize::from(stream.bytes_left().0 > 0), None),
        _ => (0, Some(0)),
    }
}

#[doc(hidden)]
pub fn is_terminated<S: ByteStream + ?Sized>(stream: &S) -> bool {
    stream.state() != State::Open
}

super::borrow! {
    /// A stream borrowed as a `Stream` and nothing else: see [`ByteStreamExt::as_stream`](crate::ByteStreamExt::as_stream).
    AsStream, stream
}
