//! `http_body::Body`.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Frame, SizeHint};

use crate::{ByteStream, State, StreamError};

/// The bytes, then the trailers.
#[doc(hidden)]
#[inline]
pub fn poll_frame<S, E>(mut stream: Pin<&mut S>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, E>>>
where
    S: ByteStream + ?Sized,
    E: StreamError,
{
    if stream.state() == State::Open {
        if let Some(item) = ready!(stream.as_mut().poll_chunk(cx, usize::MAX)) {
            return Poll::Ready(Some(item.map(Frame::data).map_err(E::from_io)));
        }
    }
    stream.poll_trailers(cx).map_ok(|trailers| Frame::trailers(trailers.into())).map_err(E::from_io)
}

#[doc(hidden)]
pub fn is_end_stream<S: ByteStream + ?Sized>(stream: &S) -> bool {
    matches!(stream.state(), State::Ended | State::Failed)
}

/// The length in bytes.
#[doc(hidden)]
pub fn size_hint<S: ByteStream + ?Sized>(stream: &S) -> SizeHint {
    let (least, most) = stream.bytes_left();
    let mut hint = SizeHint::new();
    if let Some(most) = most {
        hint.set_upper(most.max(least));
    }
    hint.set_lower(least);
    hint
}

super::borrow! {
    /// A stream borrowed as a body and nothing else: see [`ByteStreamExt::as_body`](crate::ByteStreamExt::as_body).
    AsBody, "AsBody", body
}
