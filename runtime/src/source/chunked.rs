//! The state machine below every source that has chunks. It knows no ecosystem.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use pin_project_lite::pin_project;
use tokio::io::ReadBuf;

use super::item::StreamItem;
use super::parts::Parts;
use super::phase::Phase;
use super::unread::Unread;
use crate::budget::{Coop, Patience};
use crate::stream::check_max;
use crate::{ByteStream, State, Trailers};

/// A foreign source of chunks, as it is.
pub(crate) trait Chunks {
    type Item: StreamItem;

    /// The next chunk. An empty one means nothing. Not called again after an error or the end.
    fn poll_next_chunk(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>>;

    /// How many bytes the source still has, as it announced.
    fn bytes_left(&self) -> (u64, Option<u64>) {
        (0, None)
    }

    /// Whether the source knows by itself that nothing more comes.
    fn is_at_end(&self) -> bool {
        false
    }

    fn trailers(self: Pin<&mut Self>) -> Option<&mut Option<Trailers>> {
        None
    }

    fn has_trailers(&self) -> bool {
        false
    }
}

pin_project! {
    /// A [`ByteStream`] over [`Chunks`].
    pub(crate) struct Chunked<C> {
        #[pin]
        chunks: C,
        unread: Unread,
        phase: Phase,
        coop: Coop,
    }
}

impl<C: Chunks> Chunked<C> {
    pub(super) fn new(chunks: C) -> Self {
        Self::with_unread(chunks, Bytes::new())
    }

    pub(super) fn with_unread(chunks: C, unread: Bytes) -> Self {
        let phase = if chunks.is_at_end() { Phase::Ended } else { Phase::Open };
        Chunked { chunks, unread: Unread::new(unread), phase, coop: Coop::default() }
    }
}

impl<C> Chunked<C> {
    /// As [`new`](Self::new), for a `const`, in which `chunks` cannot be asked.
    pub(crate) const fn written(chunks: C, is_at_end: bool) -> Self {
        let phase = if is_at_end { Phase::Ended } else { Phase::Open };
        Chunked { chunks, unread: Unread::new(Bytes::new()), phase, coop: Coop::new() }
    }
}

impl<C> Chunked<C> {
    pub(crate) fn get_ref(&self) -> &C {
        &self.chunks
    }

    pub(crate) const fn get_mut(&mut self) -> &mut C {
        &mut self.chunks
    }

    pub(super) fn get_pin_mut(self: Pin<&mut Self>) -> Pin<&mut C> {
        self.project().chunks
    }

    pub(crate) fn into_parts(self) -> Parts<C> {
        Parts { source: self.chunks, unread: self.unread.into_bytes(), error: self.phase.into_error(), trailers: None }
    }

    /// Puts another foreign source in the place of this one, and goes on where this one was.
    pub(crate) fn map<D>(self, f: impl FnOnce(C) -> D) -> Chunked<D> {
        Chunked { chunks: f(self.chunks), unread: self.unread, phase: self.phase, coop: self.coop }
    }
}

impl<C: Chunks> Chunked<C> {
    /// A chunk that nobody has seen, of at most `max` bytes and never an empty one. To be called when nothing is unread.
    #[inline]
    fn poll_fresh(mut self: Pin<&mut Self>, cx: &mut Context<'_>, max: usize) -> Poll<Option<io::Result<Bytes>>> {
        if !self.phase.is_open() {
            return Poll::Ready(self.project().phase.fail_now().map(Err));
        }
        let mut patience = Patience::new();
        loop {
            let item = ready!(self.as_mut().poll_item(cx));
            // Look, then move: an item that is handed on as it is moves once.
            if let Some(chunk) = item.as_ref().and_then(StreamItem::look) {
                if (1..=max).contains(&chunk.len()) {
                    self.came(chunk.len());
                    return Poll::Ready(item.map(StreamItem::into_chunk));
                }
            }
            match self.as_mut().settle(item) {
                Some(Ok(chunk)) if chunk.is_empty() => {
                    if !self.phase.is_open() {
                        return Poll::Ready(None);
                    }
                    ready!(patience.poll_again(cx));
                }
                Some(Ok(chunk)) => return Poll::Ready(Some(Ok(self.project().unread.keep_beyond(max, chunk)))),
                end => return Poll::Ready(end),
            }
        }
    }

    #[inline]
    fn poll_item(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<C::Item>> {
        let this = self.project();
        ready!(this.coop.poll_proceed(cx));
        this.chunks.poll_next_chunk(cx)
    }

    /// Takes note of what has come.
    #[inline]
    fn settle(self: Pin<&mut Self>, item: Option<C::Item>) -> Option<io::Result<Bytes>> {
        let chunk = item.map(StreamItem::into_chunk);
        match &chunk {
            Some(Ok(chunk)) => self.came(chunk.len()),
            Some(Err(_)) => *self.project().phase = Phase::Failed,
            None => *self.project().phase = Phase::Ended,
        }
        chunk
    }

    /// Takes note of `n` bytes that have come, which may be the last.
    #[inline]
    fn came(self: Pin<&mut Self>, n: usize) {
        let this = self.project();
        this.coop.spend(n);
        if this.chunks.is_at_end() {
            *this.phase = Phase::Ended;
        }
    }
}

impl<C: Chunks> ByteStream for Chunked<C> {
    #[inline]
    fn poll_chunk(mut self: Pin<&mut Self>, cx: &mut Context<'_>, max: usize) -> Poll<Option<io::Result<Bytes>>> {
        check_max(max);
        if let Some(chunk) = self.as_mut().project().unread.take(max) {
            return Poll::Ready(Some(Ok(chunk)));
        }
        self.poll_fresh(cx, max)
    }

    #[inline]
    fn poll_peek(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<&[u8]>> {
        if self.unread.is_empty() {
            if let Some(chunk) = ready!(self.as_mut().poll_fresh(cx, usize::MAX)) {
                *self.as_mut().project().unread = Unread::new(chunk?);
            }
        }
        Poll::Ready(Ok(self.into_ref().get_ref().unread.lend()))
    }

    fn consume_peeked(self: Pin<&mut Self>, n: usize) {
        self.project().unread.consume(n);
    }

    /// Gathers whole chunks up to a few KiB, which stay in the first-level cache. What ends the gathering (an error, the
    /// end, `Pending`, a chunk that does not fit) is kept for the next call.
    #[inline]
    fn poll_read_into(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        const GATHER: usize = 4096;
        if buf.remaining() == 0 {
            return Poll::Ready(Ok(()));
        }
        let mut filled = self.as_mut().project().unread.read_into(buf);
        if filled == 0 {
            if let Some(error) = self.as_mut().project().phase.fail_now() {
                return Poll::Ready(Err(error));
            }
        }
        let mut patience = Patience::new();
        while filled < GATHER && buf.remaining() > 0 && self.phase.is_open() {
            let item = match self.as_mut().poll_item(cx) {
                Poll::Ready(item) => item,
                // Bytes in hand go out now; the waker is registered for the rest.
                Poll::Pending if filled > 0 => break,
                Poll::Pending => return Poll::Pending,
            };
            // Look, then move: most chunks are copied from where they were written, and dropped there.
            if let Some(chunk) = item.as_ref().and_then(StreamItem::look) {
                if !chunk.is_empty() && chunk.len() <= buf.remaining() {
                    buf.put_slice(chunk);
                    filled += chunk.len();
                    self.as_mut().came(chunk.len());
                    continue;
                }
            }
            match self.as_mut().settle(item) {
                None => break,
                Some(Ok(chunk)) if chunk.is_empty() => match patience.poll_again(cx) {
                    Poll::Pending if filled == 0 => return Poll::Pending,
                    Poll::Pending => break,
                    Poll::Ready(()) => {}
                },
                Some(Ok(chunk)) => {
                    let unread = self.as_mut().project().unread;
                    *unread = Unread::new(chunk);
                    if filled == 0 {
                        unread.read_into(buf);
                    }
                    break;
                }
                Some(Err(error)) if filled == 0 => return Poll::Ready(Err(error)),
                Some(Err(error)) => *self.as_mut().project().phase = Phase::Failing(error),
            }
        }
        Poll::Ready(Ok(()))
    }

    fn state(&self) -> State {
        match self.phase.state() {
            _ if !self.unread.is_empty() => State::Open,
            State::Ended if self.chunks.has_trailers() => State::Trailers,
            state => state,
        }
    }

    fn bytes_left(&self) -> (u64, Option<u64>) {
        let unread = self.unread.len();
        let (least, most) = if self.phase.goes_on() { self.chunks.bytes_left() } else { (0, Some(0)) };
        (least.saturating_add(unread), most.and_then(|most| most.checked_add(unread)))
    }

    fn poll_trailers(self: Pin<&mut Self>, _cx: &mut Context<'_>) -> Poll<Option<io::Result<Trailers>>> {
        if self.state() != State::Trailers {
            return Poll::Ready(None);
        }
        let slot = self.project().chunks.trailers();
        Poll::Ready(slot.and_then(Option::take).map(Ok))
    }
}
