//! monoio's `AsyncReadRent`, as of monoio 0.2.

use std::pin::Pin;
use std::{ptr, slice};

use monoio_0_2::BufResult;
use monoio_0_2::buf::{IoBufMut, IoVecBufMut};
use monoio_0_2::io::AsyncReadRent;

use crate::ByteStream;

/// Overwrites `buf` from its start, and says so to the buffer: a `Vec` is as long as what came, a `BytesMut` never shorter than it was.
#[doc(hidden)]
pub async fn read<S, B>(stream: &mut S, mut buf: B) -> BufResult<usize, B>
where
    S: ByteStream + Unpin + ?Sized,
    B: IoBufMut,
{
    if buf.bytes_total() == 0 {
        return (Ok(0), buf);
    }
    match super::lend(stream).await {
        Ok(mut lent) => {
            // A slice is a reader of monoio's own, which knows what its buffers want.
            let (read, buf) = lent.read(buf).await;
            if let Ok(n) = read {
                Pin::new(stream).consume_peeked(n);
            }
            (read, buf)
        }
        Err(error) => (Err(error), buf),
    }
}

/// Spreads what is at hand over all of the buffers.
#[doc(hidden)]
pub async fn readv<S, B>(stream: &mut S, mut bufs: B) -> BufResult<usize, B>
where
    S: ByteStream + Unpin + ?Sized,
    B: IoVecBufMut,
{
    if room(&mut bufs) == 0 {
        return (Ok(0), bufs);
    }
    match super::lend(stream).await {
        Ok(lent) => {
            let n = spread(lent, &mut bufs);
            Pin::new(stream).consume_peeked(n);
            (Ok(n), bufs)
        }
        Err(error) => (Err(error), bufs),
    }
}

/// How many bytes there is room for.
fn room<B: IoVecBufMut>(bufs: &mut B) -> usize {
    memories(bufs).map(|(_, size)| size).sum()
}

/// Copies what fits into the buffers, one after another. monoio's own slices fill the first only, and take an empty one for the end.
#[expect(unsafe_code, reason = "an `iovec` is a pointer")]
fn spread<B: IoVecBufMut>(mut bytes: &[u8], bufs: &mut B) -> usize {
    let all = bytes.len();
    for (memory, size) in memories(bufs) {
        let (head, rest) = bytes.split_at(size.min(bytes.len()));
        // SAFETY: whoever implements `IoVecBufMut` promises that each of its `iovec`s is memory of its own of that size that may be
        // written; `head` is no longer. They do not overlap: `bytes` is borrowed from the stream, and `bufs` is owned by the read.
        unsafe { ptr::copy_nonoverlapping(head.as_ptr(), memory, head.len()) };
        bytes = rest;
    }
    let n = all - bytes.len();
    // SAFETY: the first `n` bytes of the buffers, in their order, have just been written.
    unsafe { bufs.set_init(n) };
    n
}

/// The start and the size of each buffer.
#[expect(unsafe_code, reason = "an `iovec` is a pointer")]
fn memories<B: IoVecBufMut>(bufs: &mut B) -> impl Iterator<Item = (*mut u8, usize)> {
    let (first, n) = (bufs.write_iovec_ptr(), bufs.write_iovec_len());
    // SAFETY: whoever implements `IoVecBufMut` promises so many valid `iovec`s there. Without any, the pointer need not be one.
    let iovecs = if n == 0 { &[] } else { unsafe { slice::from_raw_parts(first, n) } };
    iovecs.iter().map(|iovec| (iovec.iov_base.cast::<u8>(), iovec.iov_len))
}

/// `$buf` is a name that no parameter of the type has.
#[doc(hidden)]
#[macro_export]
macro_rules! __view_monoio_0_2 {
    (($($impl:tt)*) ($($for:tt)*) $buf:ident) => {
        #[automatically_derived]
        $($impl)* $crate::__private::monoio_0_2::io::AsyncReadRent for $($for)* {
            fn read<$buf: $crate::__private::monoio_0_2::buf::IoBufMut>(
                &mut self,
                buf: $buf,
            ) -> impl $crate::__private::core::future::Future<
                Output = $crate::__private::monoio_0_2::BufResult<$crate::__private::usize, $buf>,
            > {
                $crate::__private::view::monoio_0_2::read(self, buf)
            }

            fn readv<$buf: $crate::__private::monoio_0_2::buf::IoVecBufMut>(
                &mut self,
                buf: $buf,
            ) -> impl $crate::__private::core::future::Future<
                Output = $crate::__private::monoio_0_2::BufResult<$crate::__private::usize, $buf>,
            > {
                $crate::__private::view::monoio_0_2::readv(self, buf)
            }
        }
    };
}
