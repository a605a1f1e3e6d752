//! A foreign tokio reader as a source.

mod blocks;
mod fill;

use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::{fmt, io};

use bytes::Bytes;
use pin_project_lite::pin_project;
use tokio::io::{AsyncRead, ReadBuf};

use super::phase::Phase;
use super::reader::poll_reader;
use super::unread::Unread;
use super::{Parts, TRUSTED};
use crate::budget::Coop;
use crate::stream::check_max;
use crate::{ByteStream, ByteStreamViews, State};
use blocks::Blocks;
use fill::Fill;

/// The size of a block, unless set otherwise, and so the most that one chunk holds.
const BLOCK: usize = 64 * 1024;

pin_project! {
    /// A [`ByteStream`] over a foreign tokio `AsyncRead`: a file, a socket, a codec.
    ///
    /// Its inverse is the tokio view, which every `ByteStream` has. A reader that has a buffer of its own is better wrapped in
    /// [`FromBufRead`](super::FromBufRead).
    ///
    /// A plain read goes straight into the caller's memory and no further. Only when somebody asks for a chunk or for
    /// buffered bytes does the adapter take a block of memory, of 64 KiB at most unless [`with_chunk_size`](Self::with_chunk_size) says
    /// otherwise; it fills it with what the reader has ready, and chunks are split off it without a copy. Memory whose chunks have been
    /// dropped is read into again. While the reader is `Pending` there is one block at most, and none after the end or an error.
    ///
    /// A read that fails with a bare `Interrupted` (`EINTR`) is tried again. The length is unknown. The reader is not polled
    /// again after its end or an error.
    ///
    /// # Cancel safety
    ///
    /// Bytes that have come are kept until they are read, whichever view reads them.
    ///
    /// # Examples
    ///
    /// ```
    /// use byte_stream::{ByteStreamExt, FromRead};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> std::io::Result<()> {
    /// let reader: &[u8] = b"hello";
    /// let body = FromRead::new(reader);
    /// assert_eq!(body.collect_bytes().await?, "hello");
    /// # Ok(())
    /// # }
    /// ```
    #[derive(ByteStreamViews)]
    #[byte_stream(crate = crate)]
    #[must_use = "a stream does nothing unless it is read"]
    pub struct FromRead<R> {
        #[pin]
        reader: R,
        unread: Unread,
        phase: Phase,
        blocks: Blocks,
        coop: Coop,
    }
}

impl<R> FromRead<R> {
    /// Wraps a reader.
    pub fn new(reader: R) -> Self {
        Self::with_chunk_size(reader, BLOCK)
    }

    /// Wraps a reader whose chunks shall hold at most `chunk_size` bytes. As long as it has never been `Pending`, they hold 16 KiB at most.
    ///
    /// # Panics
    ///
    /// If `chunk_size` is 0.
    pub fn with_chunk_size(reader: R, chunk_size: usize) -> Self {
        assert!(chunk_size > 0, "a chunk size of 0 bytes was asked for: there is no empty chunk");
        FromRead {
            reader,
            unread: Unread::default(),
            phase: Phase::Open,
            blocks: Blocks::new(chunk_size.min(TRUSTED)),
            coop: Coop::default(),
        }
    }

    /// The same, for a reader that takes long for each call: its first block is as large as those that follow.
    pub(crate) fn in_large_blocks(mut self) -> Self {
        self.blocks = self.blocks.made_large();
        self
    }

    /// The reader. It may be ahead of what has been read.
    pub fn get_ref(&self) -> &R {
        &self.reader
    }

    /// The reader. What is read from it here is missing from this one.
    pub fn get_mut(&mut self) -> &mut R {
        &mut self.reader
    }

    /// The reader, pinned.
    pub fn get_pin_mut(self: Pin<&mut Self>) -> Pin<&mut R> {
        self.project().reader
    }

    /// The reader. Bytes that were read ahead for a peek are lost; [`into_parts`](Self::into_parts) keeps them.
    pub fn into_inner(self) -> R {
        self.reader
    }

    /// The reader, and what it has handed over and nobody has read.
    pub fn into_parts(self) -> Parts<R> {
        Parts { source: self.reader, unread: self.unread.into_bytes(), error: self.phase.into_error(), trailers: None }
    }
}

impl<R: AsyncRead> FromRead<R> {
    /// Reads at most `max` bytes into a block of our own: all that the reader has ready. What ends the filling (an error, the end,
    /// `Pending`) is kept for the next call.
    fn poll_block(self: Pin<&mut Self>, cx: &mut Context<'_>, max: usize) -> Poll<Option<io::Result<Bytes>>> {
        let this = self.project();
        if !this.phase.is_open() {
            return Poll::Ready(this.phase.fail_now().map(Err));
        }
        let want = max.min(this.blocks.most());
        let mut fill = Fill { reader: this.reader, phase: this.phase, coop: this.coop, waited: false };
        let filled = fill.poll_fill(cx, &mut this.blocks.room(want));
        if fill.waited {
            this.blocks.wait(filled.is_ready());
        }
        let chunk = match ready!(filled) {
            Ok(0) => None,
            Ok(_) => Some(Ok(this.blocks.split())),
            Err(error) => Some(Err(error)),
        };
        if !this.phase.is_open() {
            this.blocks.release();
        }
        Poll::Ready(chunk)
    }
}

impl<R: AsyncRead> ByteStream for FromRead<R> {
    fn poll_chunk(mut self: Pin<&mut Self>, cx: &mut Context<'_>, max: usize) -> Poll<Option<io::Result<Bytes>>> {
        check_max(max);
        if let Some(chunk) = self.as_mut().project().unread.take(max) {
            return Poll::Ready(Some(Ok(chunk)));
        }
        self.poll_block(cx, max)
    }

    fn poll_peek(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<&[u8]>> {
        if self.unread.is_empty() {
            if let Some(chunk) = ready!(self.as_mut().poll_block(cx, usize::MAX)) {
                *self.as_mut().project().unread = Unread::new(chunk?);
            }
        }
        Poll::Ready(Ok(self.into_ref().get_ref().unread.lend()))
    }

    fn consume_peeked(self: Pin<&mut Self>, n: usize) {
        self.project().unread.consume(n);
    }

    fn poll_read_into(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        if buf.remaining() == 0 || self.as_mut().project().unread.read_into(buf) > 0 {
            return Poll::Ready(Ok(()));
        }
        let this = self.project();
        let polled = poll_reader(this.reader, this.phase, this.coop, cx, buf).map_ok(|_| ());
        if !this.phase.is_open() {
            this.blocks.release();
        }
        polled
    }

    fn state(&self) -> State {
        if self.unread.is_empty() { self.phase.state() } else { State::Open }
    }

    fn bytes_left(&self) -> (u64, Option<u64>) {
        let unread = self.unread.len();
        (unread, (!self.phase.goes_on()).then_some(unread))
    }
}

impl<R: AsyncRead> From<R> for FromRead<R> {
    fn from(reader: R) -> Self {
        Self::new(reader)
    }
}

impl<R> fmt::Debug for FromRead<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FromRead").field("chunk_size", &self.blocks.most()).finish_non_exhaustive()
    }
}
