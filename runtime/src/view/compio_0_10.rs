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
