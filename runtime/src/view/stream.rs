//! `Stream` and `FusedStream`.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;

use crate::{ByteStream, State};

// For a typed error, which makes an item of another shape: a chunk moves into it.
#[doc(hidden)]
pub use crate::stream::by_fields;

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

#[doc(hidden)]
#[macro_export]
macro_rules! __view_stream {
    ($impl:tt $for:tt []) => {
        $crate::__view_stream! { $impl $for ($crate::__private::io::Error) () }
    };
    ($impl:tt $for:tt [($error:ty) ($($map:tt)*) $into_io:tt]) => {
        $crate::__view_stream! { $impl $for ($error) (.map_ok($crate::__private::view::stream::by_fields) $($map)*) }
    };
    (($($impl:tt)*) ($($for:tt)*) ($error:ty) ($($map:tt)*)) => {
        #[automatically_derived]
        $($impl)* $crate::__private::futures_core::Stream for $($for)* {
            type Item = $crate::__private::Result<$crate::__private::bytes::Bytes, $error>;

            #[inline]
            fn poll_next(
                self: $crate::__private::Pin<&mut Self>,
                cx: &mut $crate::__private::Context<'_>,
            ) -> $crate::__private::Poll<
                $crate::__private::Option<
                    $crate::__private::Result<$crate::__private::bytes::Bytes, $error>,
                >,
            > {
                $crate::__private::view::stream::poll_next(self, cx) $($map)*
            }

            fn size_hint(
                &self,
            ) -> (
                $crate::__private::usize,
                $crate::__private::Option<$crate::__private::usize>,
            ) {
                $crate::__private::view::stream::size_hint(self)
            }
        }

        #[automatically_derived]
        $($impl)* $crate::__private::futures_core::FusedStream for $($for)* {
            fn is_terminated(&self) -> $crate::__private::bool {
                $crate::__private::view::stream::is_terminated(self)
            }
        }
    };
}

super::borrow! {
    /// A stream borrowed as a `Stream` and nothing else: see [`ByteStreamExt::as_stream`](crate::ByteStreamExt::as_stream).
    AsStream, stream
}
