//! `http_body::Body`.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Frame, SizeHint};

use crate::{ByteStream, State};

/// The bytes, then the trailers.
#[doc(hidden)]
#[inline]
pub fn poll_frame<S>(mut stream: Pin<&mut S>, cx: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>>
where
    S: ByteStream + ?Sized,
{
    if stream.state() == State::Open {
        if let Some(item) = ready!(stream.as_mut().poll_chunk(cx, usize::MAX)) {
            return Poll::Ready(Some(item.map(Frame::data)));
        }
    }
    stream.poll_trailers(cx).map_ok(|trailers| Frame::trailers(trailers.into()))
}

#[doc(hidden)]
pub fn is_end_stream<S: ByteStream + ?Sized>(stream: &S) -> bool {
    matches!(stream.state(), State::Ended | State::Failed)
}

/// The length in bytes. Before trailers it has no upper bound: an HTTP/1 server would announce a length of 0, and not send them.
#[doc(hidden)]
pub fn size_hint<S: ByteStream + ?Sized>(stream: &S) -> SizeHint {
    let (least, most) = stream.bytes_left();
    let mut hint = SizeHint::new();
    if let Some(most) = most.filter(|_| stream.state() != State::Trailers) {
        hint.set_upper(most.max(least));
    }
    hint.set_lower(least);
    hint
}

super::borrow! {
    /// A stream borrowed as a body and nothing else: see [`ByteStreamExt::as_body`](crate::ByteStreamExt::as_body).
    AsBody, body
}
