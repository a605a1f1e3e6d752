//! The reading of a file, block by block. It knows no platform.

use std::fs::File;
use std::io;
use std::ops::Range;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use bytes::{Bytes, BytesMut};
use tokio::io::ReadBuf;
use tokio::runtime::Handle;

use super::blocks::Blocks;
use super::nowait::{self, Cached};
use super::pool::{Filled, InFlight, Read};
use crate::budget::Coop;
use crate::error::LengthError;
use crate::source::unread::Unread;
use crate::stream::check_max;
use crate::{ByteStream, State};

/// A range of a file as a [`ByteStream`].
pub(super) struct Reading {
    file: Arc<File>,
    /// What has not come.
    rest: Range<u64>,
    unread: Unread,
    fetch: Fetch,
    cache: Cache,
    blocks: Blocks,
    block_size: usize,
    coop: Coop,
}

/// What goes on on the pool.
enum Fetch {
    Idle,
    InFlight(InFlight),
    /// Nothing ever again: an error has been reported.
    Failed,
}

/// What the page cache is good for.
#[derive(PartialEq, Eq)]
enum Cache {
    /// It is not asked.
    Unused,
    /// It had all that it was asked for, as far as it was asked.
    Hit,
    /// It did not.
    Missed,
}

impl Reading {
    pub(super) fn new(file: Arc<File>, range: Range<u64>, block_size: usize) -> Self {
        Reading {
            file,
            rest: range,
            unread: Unread::default(),
            fetch: Fetch::Idle,
            cache: Cache::Hit,
            blocks: Blocks::default(),
            block_size,
            coop: Coop::default(),
        }
    }

    pub(super) fn with_range(self, range: Range<u64>) -> Self {
        Reading { cache: self.cache, ..Reading::new(self.file, range, self.block_size) }
    }

    pub(super) fn with_block_size(self, size: usize) -> Self {
        Reading { block_size: size, blocks: Blocks::default(), ..self }
    }

    /// Never asks the page cache.
    pub(super) fn on_the_pool(self) -> Self {
        Reading { cache: Cache::Unused, ..self }
    }

    pub(super) fn file(&self) -> &Arc<File> {
        &self.file
    }

    pub(super) fn into_file(self) -> Arc<File> {
        self.file
    }

    pub(super) fn block_size(&self) -> usize {
        self.block_size
    }

    /// What nobody has read.
    pub(super) fn range(&self) -> Range<u64> {
        self.rest.start - self.unread.len()..self.rest.end
    }

    fn left(&self) -> u64 {
        self.rest.end - self.rest.start
    }

    /// Whether nothing more comes. Something may be unread.
    fn is_over(&self) -> bool {
        matches!(self.fetch, Fetch::Failed) || self.rest.is_empty()
    }

    /// How much is to be read next.
    fn want(&self, room: usize) -> usize {
        usize::try_from(self.left()).unwrap_or(usize::MAX).min(self.block_size).min(room)
    }

    fn poll_proceed(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let polled = self.coop.poll_proceed(cx);
        if polled.is_pending() {
            self.blocks.let_go(usize::from(matches!(self.fetch, Fetch::Idle)));
        }
        polled
    }

    /// Reads what the page cache has, straight into `memory`. 0: it has nothing, or is not asked.
    fn read_cached(&mut self, memory: &mut [u8]) -> usize {
        if self.cache == Cache::Unused {
            return 0;
        }
        match nowait::read(&self.file, memory, self.rest.start) {
            Cached::Hit(n) => {
                self.cache = if n == memory.len() { Cache::Hit } else { Cache::Missed };
                self.rest.start += n as u64;
                self.coop.spend_copying(1, n);
                return n;
            }
            Cached::Miss => self.cache = Cache::Missed,
            Cached::Unsupported => self.cache = Cache::Unused,
        }
        0
    }

    /// A chunk that nobody has seen. To be called when nothing is unread.
    fn poll_fresh(&mut self, cx: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> {
        if self.is_over() {
            return Poll::Ready(None);
        }
        ready!(self.poll_proceed(cx));
        if let Fetch::Idle = self.fetch {
            let want = self.want(usize::MAX);
            let mut block = self.blocks.take(want);
            match self.read_cached(&mut block[..want]) {
                0 => {}
                n => return Poll::Ready(Some(Ok(self.chunk(block, n)))),
            }
            let read = self.read(block);
            match Handle::try_current() {
                Ok(runtime) => self.fetch = Fetch::InFlight(read.spawn(&runtime)),
                Err(_) => return Poll::Ready(Some(self.fetched(read.run()))),
            }
        }
        let Fetch::InFlight(in_flight) = &mut self.fetch else { return Poll::Ready(None) };
        match in_flight.poll(cx) {
            Poll::Ready(filled) => {
                self.fetch = Fetch::Idle;
                Poll::Ready(Some(self.fetched(filled)))
            }
            Poll::Pending => {
                self.blocks.clear();
                Poll::Pending
            }
        }
    }

    /// What is to be read next, into this block.
    fn read(&self, block: BytesMut) -> Read {
        let want = self.want(block.len());
        Read { file: Arc::clone(&self.file), block, position: self.rest.start, want }
    }

    /// Takes note of what a read has brought that was waited for.
    fn fetched(&mut self, filled: io::Result<Filled>) -> io::Result<Bytes> {
        let error = match filled {
            Ok((_, 0)) => LengthError::TooShort { missing: self.left() }.into(),
            Ok((block, n)) => {
                self.rest.start += n as u64;
                self.coop.spend(n);
                return Ok(self.chunk(block, n));
            }
            Err(error) => error,
        };
        self.fetch = Fetch::Failed;
        self.blocks.clear();
        Err(error)
    }

    fn chunk(&mut self, block: BytesMut, n: usize) -> Bytes {
        let chunk = self.blocks.lend(block, n);
        if self.rest.is_empty() {
            self.blocks.clear();
        }
        chunk
    }

    /// Begins to read the next block, if the consumer has all that has come and would otherwise have to wait for it.
    fn read_ahead(&mut self) {
        let idle = matches!(self.fetch, Fetch::Idle);
        if self.cache == Cache::Hit || !idle || !self.unread.is_empty() || self.rest.is_empty() {
            return;
        }
        let Ok(runtime) = Handle::try_current() else { return };
        if self.cache == Cache::Missed && matches!(nowait::read(&self.file, &mut [0], self.rest.start), Cached::Hit(_))
        {
            return;
        }
        let block = self.blocks.take(self.want(usize::MAX));
        self.fetch = Fetch::InFlight(self.read(block).spawn(&runtime));
    }
}

impl ByteStream for Reading {
    fn poll_chunk(mut self: Pin<&mut Self>, cx: &mut Context<'_>, max: usize) -> Poll<Option<io::Result<Bytes>>> {
        check_max(max);
        let chunk = match self.unread.take(max) {
            Some(chunk) => chunk,
            None => match ready!(self.poll_fresh(cx)) {
                Some(Ok(chunk)) => self.unread.keep_beyond(max, chunk),
                end => return Poll::Ready(end),
            },
        };
        self.read_ahead();
        Poll::Ready(Some(Ok(chunk)))
    }

    fn poll_peek(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<&[u8]>> {
        if self.unread.is_empty() {
            if let Some(chunk) = ready!(self.poll_fresh(cx)) {
                self.unread = Unread::new(chunk?);
            }
        }
        Poll::Ready(Ok(self.into_ref().get_ref().unread.lend()))
    }

    fn consume_peeked(mut self: Pin<&mut Self>, n: usize) {
        self.unread.consume(n);
        if n > 0 {
            self.read_ahead();
        }
    }

    fn poll_read_into(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        if buf.remaining() == 0 {
            return Poll::Ready(Ok(()));
        }
        if self.unread.is_empty() {
            if self.is_over() {
                return Poll::Ready(Ok(()));
            }
            if self.cache != Cache::Unused && matches!(self.fetch, Fetch::Idle) {
                ready!(self.poll_proceed(cx));
                let want = self.want(buf.remaining());
                let n = self.read_cached(buf.initialize_unfilled_to(want));
                buf.advance(n);
                if n > 0 {
                    if self.rest.is_empty() {
                        self.blocks.clear();
                    }
                    self.read_ahead();
                    return Poll::Ready(Ok(()));
                }
            }
            if let Some(chunk) = ready!(self.poll_fresh(cx)) {
                self.unread = Unread::new(chunk?);
            }
        }
        self.unread.read_into(buf);
        self.read_ahead();
        Poll::Ready(Ok(()))
    }

    fn state(&self) -> State {
        match self.fetch {
            _ if !self.unread.is_empty() => State::Open,
            Fetch::Failed => State::Failed,
            _ if self.rest.is_empty() => State::Ended,
            _ => State::Open,
        }
    }

    fn bytes_left(&self) -> (u64, Option<u64>) {
        let left = if self.is_over() { 0 } else { self.left() } + self.unread.len();
        (left, Some(left))
    }
}
