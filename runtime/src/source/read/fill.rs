//! Reading for as long as the reader has something.

use std::io;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, ready};

use bytes::BufMut;
use tokio::io::{AsyncRead, AsyncReadExt, ReadBuf};

use crate::budget::Coop;
use crate::source::phase::Phase;
use crate::source::reader::read_once;

/// A reader of all that a foreign reader has ready. What ends the filling is kept for the next call, by the phase.
pub(super) struct Fill<'a, R> {
    pub(super) reader: Pin<&'a mut R>,
    pub(super) phase: &'a mut Phase,
    pub(super) coop: &'a mut Coop,
    /// Whether the reader was `Pending`.
    pub(super) waited: bool,
}

impl<R: AsyncRead> Fill<'_, R> {
    /// Reads into memory that is not initialised, and does not zero it.
    pub(super) fn poll_fill(&mut self, cx: &mut Context<'_>, room: &mut impl BufMut) -> Poll<io::Result<usize>> {
        // To lend it takes `unsafe`. Tokio's own read has it, and is nothing but one call of `poll_read`.
        pin!(self.read_buf(room)).poll(cx)
    }
}

impl<R: AsyncRead> AsyncRead for Fill<'_, R> {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        // Less room than this is not worth a read. A codec may even have no use for it, and fill it with flush marks.
        let sliver = (buf.remaining() / 8).clamp(64, 2048);
        ready!(this.coop.poll_proceed(cx));
        let mut reads = 0;
        let stopped = loop {
            match read_once(this.reader.as_mut(), this.phase, cx, buf) {
                Poll::Ready(Ok(_)) => reads += 1,
                stopped => break stopped.map_ok(drop),
            }
            if buf.remaining() < sliver || !this.phase.is_open() {
                break Poll::Ready(Ok(()));
            }
        };
        this.coop.spend_copying(reads, buf.filled().len());
        this.waited = stopped.is_pending();
        match stopped {
            stopped if buf.filled().is_empty() => stopped,
            Poll::Ready(Err(error)) => {
                *this.phase = Phase::Failing(error);
                Poll::Ready(Ok(()))
            }
            Poll::Pending | Poll::Ready(Ok(())) => Poll::Ready(Ok(())),
        }
    }
}
