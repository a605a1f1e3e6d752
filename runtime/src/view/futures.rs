//! futures' `AsyncRead` and `AsyncBufRead`.

use std::io::{self, IoSliceMut};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use tokio::io::ReadBuf;

use crate::ByteStream;

#[doc(hidden)]
#[inline]
pub fn poll_read<S>(stream: Pin<&mut S>, cx: &mut Context<'_>, buf: &mut [u8]) -> Poll<io::Result<usize>>
where
    S: ByteStream + ?Sized,
{
    if buf.is_empty() {
        return Poll::Ready(Ok(0));
    }
    let mut buf = ReadBuf::new(buf);
    ready!(stream.poll_read_into(cx, &mut buf))?;
    Poll::Ready(Ok(buf.filled().len()))
}

/// Spreads what is at hand over all of the buffers. With one buffer to fill it is a plain read.
#[doc(hidden)]
pub fn poll_read_vectored<S>(
    mut stream: Pin<&mut S>,
    cx: &mut Context<'_>,
    bufs: &mut [IoSliceMut<'_>],
) -> Poll<io::Result<usize>>
where
    S: ByteStream + ?Sized,
{
    let Some(first) = bufs.iter().position(|buf| !buf.is_empty()) else {
        return Poll::Ready(Ok(0));
    };
    let (head, more) = bufs[first..].split_at_mut(1);
    if more.iter().all(|buf| buf.is_empty()) {
        return poll_read(stream, cx, &mut head[0]);
    }
    let mut lent = ready!(stream.as_mut().poll_peek(cx))?;
    let all = lent.len();
    for buf in &mut bufs[first..] {
        let n = buf.len().min(lent.len());
        buf[..n].copy_from_slice(&lent[..n]);
        lent = &lent[n..];
    }
    let n = all - lent.len();
    stream.consume_peeked(n);
    Poll::Ready(Ok(n))
}

#[doc(hidden)]
#[macro_export]
macro_rules! __view_futures {
    (($($impl:tt)*) ($($for:tt)*) $error:tt) => {
        #[automatically_derived]
        $($impl)* $crate::__private::futures_io::AsyncRead for $($for)* {
            #[inline]
            fn poll_read(
                self: $crate::__private::Pin<&mut Self>,
                cx: &mut $crate::__private::Context<'_>,
                buf: &mut [$crate::__private::u8],
            ) -> $crate::__private::Poll<
                $crate::__private::io::Result<$crate::__private::usize>,
            > {
                $crate::__private::view::futures::poll_read(self, cx, buf)
            }

            fn poll_read_vectored(
                self: $crate::__private::Pin<&mut Self>,
                cx: &mut $crate::__private::Context<'_>,
                bufs: &mut [$crate::__private::io::IoSliceMut<'_>],
            ) -> $crate::__private::Poll<
                $crate::__private::io::Result<$crate::__private::usize>,
            > {
                $crate::__private::view::futures::poll_read_vectored(self, cx, bufs)
            }
        }

        $crate::__buf_read! { $($impl)* $crate::__private::futures_io::AsyncBufRead for $($for)* }
    };
}

super::borrow! {
    /// A stream borrowed as a futures reader and nothing else: see
    /// [`ByteStreamExt::as_futures`](crate::ByteStreamExt::as_futures).
    AsFutures, futures
}
