//! The state machine below every source that has chunks. It knows no ecosystem.

mod gather;

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
use crate::stream::{by_fields, check_max};
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
        Chunked { chunks, unread: Unread::NOTHING, phase, coop: Coop::new() }
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
    /// [`poll_chunk`](ByteStream::poll_chunk) when bytes are unread, or nothing comes any more.
    #[cold]
    #[inline(never)]
    fn take_left(self: Pin<&mut Self>, max: usize) -> Poll<Option<io::Result<Bytes>>> {
        let this = self.project();
        if let Some(chunk) = this.unread.take(max) {
            return Poll::Ready(Some(Ok(chunk)));
        }
        Poll::Ready(this.phase.fail_now().map(Err))
    }

    /// [`poll_chunk`](ByteStream::poll_chunk) when there is something to be charged for first.
    #[cold]
    #[inline(never)]
    fn poll_charged(mut self: Pin<&mut Self>, cx: &mut Context<'_>, max: usize) -> Poll<Option<io::Result<Bytes>>> {
        ready!(self.as_mut().project().coop.poll_proceed(cx));
        self.poll_fresh(cx, max)
    }

    /// A chunk that nobody has seen.
    #[inline(always)]
    fn poll_fresh(mut self: Pin<&mut Self>, cx: &mut Context<'_>, max: usize) -> Poll<Option<io::Result<Bytes>>> {
        let polled = self.as_mut().project().chunks.poll_next_chunk(cx);
        // Look, then move: an item that is handed on as it is moves once.
        let n = look(&polled).len();
        if (1..=max).contains(&n) {
            self.as_mut().project().coop.spend(n);
            self.came();
            return polled.map(|item| item.map(|item| item.into_chunk().map(by_fields)));
        }
        let item = ready!(polled);
        self.poll_settled(cx, item, max)
    }

    /// What becomes of an item that is not handed on as it is.
    #[cold]
    #[inline(never)]
    fn poll_settled(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        item: Option<C::Item>,
        max: usize,
    ) -> Poll<Option<io::Result<Bytes>>> {
        let mut patience = Patience::new();
        let mut came = item.map(StreamItem::into_chunk);
        loop {
            self.as_mut().settle(&came);
            match came {
                Some(Ok(chunk)) if chunk.is_empty() => {
                    if !self.phase.is_open() {
                        return Poll::Ready(None);
                    }
                    ready!(patience.poll_again(cx));
                    let this = self.as_mut().project();
                    ready!(this.coop.poll_proceed(cx));
                    came = ready!(this.chunks.poll_next_chunk(cx)).map(StreamItem::into_chunk);
                }
                Some(Ok(chunk)) => {
                    let this = self.project();
                    this.coop.spend(chunk.len());
                    return Poll::Ready(Some(Ok(this.unread.keep_beyond(max, chunk))));
                }
                end => return Poll::Ready(end),
            }
        }
    }

    /// [`poll_peek`](ByteStream::poll_peek) when no chunk comes any more.
    #[cold]
    #[inline(never)]
    fn peek_end(self: Pin<&mut Self>) -> Poll<io::Result<&[u8]>> {
        Poll::Ready(self.project().phase.fail_now().map_or(Ok(&[]), Err))
    }

    /// [`poll_peek`](ByteStream::poll_peek) when there is something to be charged for first.
    #[cold]
    #[inline(never)]
    fn poll_peek_charged(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<&[u8]>> {
        ready!(self.as_mut().project().coop.poll_proceed(cx));
        self.poll_peek_fresh(cx)
    }

    /// Lends a chunk that nobody has seen.
    #[inline(always)]
    fn poll_peek_fresh(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<&[u8]>> {
        let polled = self.as_mut().project().chunks.poll_next_chunk(cx);
        let n = look(&polled).len();
        if n == 0 {
            let item = ready!(polled);
            return self.poll_peek_settled(cx, item);
        }
        self.as_mut().project().coop.spend(n);
        self.as_mut().came();
        if let Poll::Ready(item) = polled {
            *self.as_mut().project().unread = Unread::of(item.map(|item| item.into_chunk().map(by_fields)));
        }
        Poll::Ready(Ok(self.into_ref().get_ref().unread.lend()))
    }

    /// What is lent of an item that is not kept as it is.
    #[cold]
    #[inline(never)]
    fn poll_peek_settled(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        item: Option<C::Item>,
    ) -> Poll<io::Result<&[u8]>> {
        if let Some(chunk) = ready!(self.as_mut().poll_settled(cx, item, usize::MAX)) {
            *self.as_mut().project().unread = Unread::new(chunk?);
        }
        Poll::Ready(Ok(self.into_ref().get_ref().unread.lend()))
    }

    /// Takes note of what has come.
    #[inline]
    fn settle(self: Pin<&mut Self>, came: &Option<io::Result<Bytes>>) {
        match came {
            Some(Ok(_)) => _ = self.came(),
            Some(Err(_)) => *self.project().phase = Phase::Failed,
            None => *self.project().phase = Phase::Ended,
        }
    }

    /// Takes note of a chunk that has come, and says whether there may be another.
    #[inline]
    fn came(self: Pin<&mut Self>) -> bool {
        let this = self.project();
        let is_at_end = this.chunks.is_at_end();
        if is_at_end {
            *this.phase = Phase::Ended;
        }
        !is_at_end
    }
}

/// The chunk that has come, where it can be looked at, or nothing.
#[inline]
fn look<I: StreamItem>(polled: &Poll<Option<I>>) -> &[u8] {
    match polled {
        Poll::Ready(Some(item)) => item.look(),
        _ => &[],
    }
}

/// What stands between a call and the foreign source (unread bytes, the end, a charge) has a cold function each, so that the plain path
/// saves no registers for it.
impl<C: Chunks> ByteStream for Chunked<C> {
    #[inline]
    fn poll_chunk(self: Pin<&mut Self>, cx: &mut Context<'_>, max: usize) -> Poll<Option<io::Result<Bytes>>> {
        check_max(max);
        if !self.unread.is_empty() || !self.phase.is_open() {
            return self.take_left(max);
        }
        if self.coop.is_due() {
            return self.poll_charged(cx, max);
        }
        self.poll_fresh(cx, max)
    }

    #[inline]
    fn poll_peek(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<&[u8]>> {
        if !self.unread.is_empty() {
            return Poll::Ready(Ok(self.into_ref().get_ref().unread.lend()));
        }
        if !self.phase.is_open() {
            return self.peek_end();
        }
        if self.coop.is_due() {
            return self.poll_peek_charged(cx);
        }
        self.poll_peek_fresh(cx)
    }

    #[inline]
    fn consume_peeked(self: Pin<&mut Self>, n: usize) {
        self.project().unread.consume(n);
    }

    #[inline]
    fn poll_read_into(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        self.poll_read(cx, buf)
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
