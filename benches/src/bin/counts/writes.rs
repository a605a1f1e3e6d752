//! How often a socket is written to.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::task::{Context, Poll};

use byte_stream::{ByteStreamExt, FromStream};
use byte_stream_benches::rows::sink;
use byte_stream_benches::source::chunks;
use tokio::io::AsyncWrite;
use tokio::net::TcpStream;
use tokio::runtime::Builder;
use tokio_util::io::StreamReader;

use crate::report::Report;

/// A socket that counts the writes which took all that they were given. Whether a write meets a socket that is full, so that it is cut short or
/// comes to nothing, and is made once more, depends on who runs when.
struct Counted {
    tcp: TcpStream,
    writes: u32,
}

impl Counted {
    fn count(&mut self, written: Poll<io::Result<usize>>, given: usize) -> Poll<io::Result<usize>> {
        self.writes += u32::from(matches!(written, Poll::Ready(Ok(n)) if n == given));
        written
    }
}

impl AsyncWrite for Counted {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.tcp).poll_write(cx, bytes);
        self.count(written, bytes.len())
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.tcp).poll_write_vectored(cx, bytes);
        self.count(written, bytes.iter().map(|bytes| bytes.len()).sum())
    }

    fn is_write_vectored(&self) -> bool {
        self.tcp.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.tcp).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.tcp).poll_shutdown(cx)
    }
}

pub(crate) fn count(report: &mut Report) -> io::Result<()> {
    const MB: usize = 1_000_000;
    for (size, at_most) in [(64, 20.0), (1_500, 20.0), (16_384, 61.1)] {
        let total = 10 * MB / size * size;
        let reader = || StreamReader::new(chunks(size, total));
        let all = [
            writes(total, async |tcp| tokio::io::copy(&mut reader(), tcp).await)?,
            writes(total, async |tcp| tokio::io::copy_buf(&mut reader(), tcp).await)?,
            writes(total, async |tcp| FromStream::new(chunks(size, total)).copy_to(tcp).await)?,
        ];
        let [copy, copy_buf, ours] = all.map(|writes| f64::from(writes) * MB as f64 / total as f64);
        let peer = if copy < copy_buf { ("copy", copy) } else { ("copy_buf", copy_buf) };
        report.line("W1", &format!("Stream of {size} B → TCP"), "writes a MB", peer, ours, at_most);
    }
    Ok(())
}

/// How often a socket is written to until `total` bytes are.
fn writes(total: usize, write: impl AsyncFnOnce(&mut Counted) -> io::Result<u64>) -> io::Result<u32> {
    Builder::new_current_thread().enable_io().build()?.block_on(async {
        let mut socket = Counted { tcp: TcpStream::from_std(sink::connect()?.0)?, writes: 0 };
        assert_eq!(write(&mut socket).await?, total as u64);
        Ok(socket.writes)
    })
}
