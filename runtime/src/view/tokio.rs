//! tokio's `AsyncRead` and `AsyncBufRead`.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::io::ReadBuf;

use crate::ByteStream;

#[doc(hidden)]
#[inline]
pub fn poll_read<S>(stream: Pin<&mut S>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>>
where
    S: ByteStream + ?Sized,
{
    if buf.remaining() == 0 {
        return Poll::Ready(Ok(()));
    }
    stream.poll_read_into(cx, buf)
}

#[doc(hidden)]
#[macro_export]
macro_rules! __view_tokio {
    (($($impl:tt)*) ($($for:tt)*) $error:tt) => {
        #[automatically_derived]
        $($impl)* $crate::__private::tokio::io::AsyncRead for $($for)* {
            #[inline]
            fn poll_read(
                self: $crate::__private::Pin<&mut Self>,
                cx: &mut $crate::__private::Context<'_>,
                buf: &mut $crate::__private::ReadBuf<'_>,
            ) -> $crate::__private::Poll<$crate::__private::io::Result<()>> {
                $crate::__private::view::tokio::poll_read(self, cx, buf)
            }
        }

        $crate::__buf_read! { $($impl)* $crate::__private::tokio::io::AsyncBufRead for $($for)* }
    };
}

/// An `AsyncBufRead`, on which tokio and futures agree.
#[doc(hidden)]
#[macro_export]
macro_rules! __buf_read {
    ($($impl:tt)*) => {
        #[automatically_derived]
        $($impl)* {
            #[inline]
            fn poll_fill_buf(
                self: $crate::__private::Pin<&mut Self>,
                cx: &mut $crate::__private::Context<'_>,
            ) -> $crate::__private::Poll<
                $crate::__private::io::Result<&[$crate::__private::u8]>,
            > {
                $crate::__private::ByteStream::poll_peek(self, cx)
            }

            #[inline]
            fn consume(
                self: $crate::__private::Pin<&mut Self>,
                n: $crate::__private::usize,
            ) {
                $crate::__private::ByteStream::consume_peeked(self, n)
            }
        }
    };
}

super::borrow! {
    /// A stream borrowed as a tokio reader and nothing else: see [`ByteStreamExt::as_tokio`](crate::ByteStreamExt::as_tokio).
    AsTokio, tokio
}
