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

#[doc(hidden)]
#[macro_export]
macro_rules! __view_body {
    ($impl:tt $for:tt []) => {
        $crate::__view_body! {
            $impl $for [
                ($crate::__private::BoxError)
                (.map_err(<$crate::__private::BoxError as $crate::__private::StreamError>::from_io))
                ()
            ]
        }
    };
    (($($impl:tt)*) ($($for:tt)*) [($error:ty) ($($map:tt)*) $into_io:tt]) => {
        #[automatically_derived]
        $($impl)* $crate::__private::http_body::Body for $($for)* {
            type Data = $crate::__private::bytes::Bytes;
            type Error = $error;

            #[inline]
            fn poll_frame(
                self: $crate::__private::Pin<&mut Self>,
                cx: &mut $crate::__private::Context<'_>,
            ) -> $crate::__private::Poll<
                $crate::__private::Option<
                    $crate::__private::Result<
                        $crate::__private::http_body::Frame<$crate::__private::bytes::Bytes>,
                        $error,
                    >,
                >,
            > {
                $crate::__private::view::body::poll_frame(self, cx)$($map)*
            }

            fn is_end_stream(&self) -> $crate::__private::bool {
                $crate::__private::view::body::is_end_stream(self)
            }

            fn size_hint(&self) -> $crate::__private::http_body::SizeHint {
                $crate::__private::view::body::size_hint(self)
            }
        }
    };
}

super::borrow! {
    /// A stream borrowed as a body and nothing else: see [`ByteStreamExt::as_body`](crate::ByteStreamExt::as_body).
    AsBody, body
}
