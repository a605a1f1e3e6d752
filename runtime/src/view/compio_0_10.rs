//! compio's `AsyncRead`, `AsyncBufRead` and `AsyncReadManaged`, as of compio-io 0.10.

use std::future::poll_fn;
use std::io;
use std::pin::Pin;

use bytes::Bytes;
use compio_buf_0_8::{BufResult, IoBufMut};
use compio_io_0_10::AsyncRead;

use crate::ByteStream;

/// Overwrites `buf` from its start, and never makes it shorter: as every reader of compio's does.
#[doc(hidden)]
pub async fn read<S, B>(stream: &mut S, mut buf: B) -> BufResult<usize, B>
where
    S: ByteStream + Unpin + ?Sized,
    B: IoBufMut,
{
    if buf.buf_capacity() == 0 {
        return BufResult(Ok(0), buf);
    }
    match fill_buf(stream).await {
        Ok(mut lent) => {
            // A slice is a reader of compio's own, which knows what its buffers want.
            let BufResult(read, buf) = lent.read(buf).await;
            if let Ok(n) = read {
                Pin::new(stream).consume_peeked(n);
            }
            BufResult(read, buf)
        }
        Err(error) => BufResult(Err(error), buf),
    }
}

#[doc(hidden)]
pub async fn fill_buf<S: ByteStream + Unpin + ?Sized>(stream: &mut S) -> io::Result<&[u8]> {
    super::lend(stream).await
}

#[doc(hidden)]
pub fn consume<S: ByteStream + Unpin + ?Sized>(stream: &mut S, n: usize) {
    Pin::new(stream).consume_peeked(n);
}

/// The next chunk, as it is. `max` 0 is as much as there is.
#[doc(hidden)]
pub async fn read_managed<S: ByteStream + Unpin + ?Sized>(stream: &mut S, max: usize) -> io::Result<Option<Bytes>> {
    let max = if max == 0 { usize::MAX } else { max };
    poll_fn(|cx| Pin::new(&mut *stream).poll_chunk(cx, max)).await.transpose()
}

/// `$buf` is a name that no parameter of the type has.
#[doc(hidden)]
#[macro_export]
macro_rules! __view_compio_0_10 {
    (($($impl:tt)*) ($($for:tt)*) $buf:ident) => {
        #[automatically_derived]
        $($impl)* $crate::__private::compio_0_10::io::AsyncRead for $($for)* {
            fn read<$buf: $crate::__private::compio_0_10::buf::IoBufMut>(
                &mut self,
                buf: $buf,
            ) -> impl $crate::__private::core::future::Future<
                Output = $crate::__private::compio_0_10::buf::BufResult<
                    $crate::__private::usize,
                    $buf,
                >,
            > {
                $crate::__private::view::compio_0_10::read(self, buf)
            }
        }

        #[automatically_derived]
        $($impl)* $crate::__private::compio_0_10::io::AsyncBufRead for $($for)* {
            fn fill_buf(
                &mut self,
            ) -> impl $crate::__private::core::future::Future<
                Output = $crate::__private::io::Result<&[$crate::__private::u8]>,
            > {
                $crate::__private::view::compio_0_10::fill_buf(self)
            }

            fn consume(&mut self, n: $crate::__private::usize) {
                $crate::__private::view::compio_0_10::consume(self, n)
            }
        }

        #[automatically_derived]
        $($impl)* $crate::__private::compio_0_10::io::AsyncReadManaged for $($for)* {
            type Buffer = $crate::__private::bytes::Bytes;

            fn read_managed(
                &mut self,
                max: $crate::__private::usize,
            ) -> impl $crate::__private::core::future::Future<
                Output = $crate::__private::io::Result<
                    $crate::__private::Option<$crate::__private::bytes::Bytes>,
                >,
            > {
                $crate::__private::view::compio_0_10::read_managed(self, max)
            }
        }
    };
}
