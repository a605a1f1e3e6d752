//! How often a writer is called, which is once a system call where it is a socket.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::task::{Context, Poll};

use byte_stream::{ByteStreamExt, FromStream};
use byte_stream_benches::source::chunks;
use futures_util::FutureExt;
use tokio::io::AsyncWrite;
use tokio_util::io::StreamReader;

use crate::report::Report;

/// Takes all that it gets, as a socket does whose peer is fast.
#[derive(Default)]
struct Writer {
    calls: u32,
}

impl AsyncWrite for Writer {
    fn poll_write(mut self: Pin<&mut Self>, _: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.calls += 1;
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        bytes: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.calls += 1;
        Poll::Ready(Ok(bytes.iter().map(|bytes| bytes.len()).sum()))
    }

    fn is_write_vectored(&self) -> bool {
        true
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

pub(crate) fn count(report: &mut Report) {
    const MB: usize = 1_000_000;
    for (size, at_most) in [(64, 20.0), (1_500, 20.0), (16_384, 61.1)] {
        let total = 10 * MB / size * size;
        let [mut copy, mut copy_buf, mut ours] = [const { Writer { calls: 0 } }; 3];
        let reader = || StreamReader::new(chunks(size, total));
        let all = [
            tokio::io::copy(&mut reader(), &mut copy).now_or_never(),
            tokio::io::copy_buf(&mut reader(), &mut copy_buf).now_or_never(),
            FromStream::new(chunks(size, total)).copy_to(&mut ours).now_or_never(),
        ];
        assert!(all.into_iter().all(|copied| matches!(copied, Some(Ok(n)) if n == total as u64)));
        let [copy, copy_buf, ours] =
            [copy, copy_buf, ours].map(|writer| f64::from(writer.calls) * MB as f64 / total as f64);
        let peer = if copy < copy_buf { ("copy", copy) } else { ("copy_buf", copy_buf) };
        report.line("W1", &format!("Stream of {size} B → writer"), "writes a MB", peer, ours, at_most);
    }
}
