//! The state machine below every source that has chunks. It knows no ecosystem.

mod gate;
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
use crate::budget::Patience;
use crate::stream::{by_fields, check_max};
use crate::{ByteStream, State, Trailers};
use gate::Gate;

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
        gate: Gate,
    }
}

impl<C: Chunks> Chunked<C> {
    pub(super) fn new(chunks: C) -> Self {
        Self::with_unread(chunks, Bytes::new())
    }

    pub(super) fn with_unread(chunks: C, unread: Bytes) -> Self {
        let phase = if chunks.is_at_end() { Phase::Ended } else { Phase::Open };
        Chunked { chunks, gate: Gate::new(Unread::new(unread), phase) }
    }
}

impl<C> Chunked<C> {
    /// As [`new`](Self::new), for a `const`, in which `chunks` cannot be asked.
    pub(crate) const fn written(chunks: C, is_at_end: bool) -> Self {
        let phase = if is_at_end { Phase::Ended } else { Phase::Open };
        Chunked { chunks, gate: Gate::new(Unread::NOTHING, phase) }
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
        let (unread, error) = self.gate.into_parts();
        Parts { source: self.chunks, unread, error, trailers: None }
    }

    /// Puts another foreign source in the place of this one, and goes on where this one was.
    pub(crate) fn map<D>(self, f: impl FnOnce(C) -> D) -> Chunked<D> {
        Chunked { chunks: f(self.chunks), gate: self.gate }
    }
}

impl<C: Chunks> Chunked<C> {
    /// [`poll_chunk`](ByteStream::poll_chunk) when something may stand between the call and the foreign source.
    #[cold]
    #[inline(never)]
    fn poll_at_gate(mut self: Pin<&mut Self>, cx: &mut Context<'_>, max: usize) -> Poll<Option<io::Result<Bytes>>> {
        let gate = self.as_mut().project().gate;
        if let Some(chunk) = gate.take(max) {
            return Poll::Ready(Some(Ok(chunk)));
        }
        if !gate.phase().is_open() {
            return Poll::Ready(gate.fail_now().map(Err));
        }
        ready!(gate.poll_pass(cx));
        self.poll_fresh(cx, max)
    }

    /// A chunk that nobody has seen.
    #[inline(always)]
    fn poll_fresh(mut self: Pin<&mut Self>, cx: &mut Context<'_>, max: usize) -> Poll<Option<io::Result<Bytes>>> {
        let polled = self.as_mut().project().chunks.poll_next_chunk(cx);
        // Look, then move: an item that is handed on as it is moves once.
        let n = look(&polled).len();
        if (1..=max).contains(&n) {
            self.as_mut().project().gate.spend(n);
            self.came();
            return polled.map(|item| item.map(|item| item.into_chunk().map(by_fields)));
        }
        self.poll_settled(cx, polled, max)
    }

    /// What becomes of an item that is not handed on as it is.
    #[cold]
    #[inline(never)]
    fn poll_settled(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        polled: Poll<Option<C::Item>>,
        max: usize,
    ) -> Poll<Option<io::Result<Bytes>>> {
        let mut patience = Patience::new();
        let mut came = ready!(polled).map(StreamItem::into_chunk);
        loop {
            if let Some(Ok(chunk)) = &came {
                self.as_mut().project().gate.spend(chunk.len());
            }
            self.as_mut().settle(&came);
            match came {
                Some(Ok(chunk)) if chunk.is_empty() => {
                    if !self.gate.phase().is_open() {
                        return Poll::Ready(None);
                    }
                    ready!(patience.poll_again(cx));
                    let this = self.as_mut().project();
                    ready!(this.gate.poll_pass(cx));
                    came = ready!(this.chunks.poll_next_chunk(cx)).map(StreamItem::into_chunk);
                }
                Some(Ok(chunk)) => {
                    return Poll::Ready(Some(Ok(self.project().gate.keep_beyond(max, chunk))));
                }
                end => return Poll::Ready(end),
            }
        }
    }

    /// [`poll_peek`](ByteStream::poll_peek) when no chunk comes any more.
    #[cold]
    #[inline(never)]
    fn peek_end(self: Pin<&mut Self>) -> Poll<io::Result<&[u8]>> {
        Poll::Ready(self.project().gate.fail_now().map_or(Ok(&[]), Err))
    }

    /// [`poll_peek`](ByteStream::poll_peek) when there is something to be charged for first.
    #[cold]
    #[inline(never)]
    fn poll_peek_charged(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<&[u8]>> {
        ready!(self.as_mut().project().gate.poll_pass(cx));
        self.poll_peek_fresh(cx)
    }

    /// Lends a chunk that nobody has seen.
    #[inline(always)]
    fn poll_peek_fresh(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<&[u8]>> {
        let polled = self.as_mut().project().chunks.poll_next_chunk(cx);
        let n = look(&polled).len();
        if n == 0 {
            return self.poll_peek_settled(cx, polled);
        }
        self.as_mut().project().gate.spend(n);
        self.as_mut().came();
        if let Poll::Ready(item) = polled {
            self.as_mut().project().gate.keep(Unread::of(item.map(|item| item.into_chunk().map(by_fields))));
        }
        Poll::Ready(Ok(self.into_ref().get_ref().gate.unread().lend()))
    }

    /// What is lent of an item that is not kept as it is.
    #[cold]
    #[inline(never)]
    fn poll_peek_settled(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        polled: Poll<Option<C::Item>>,
    ) -> Poll<io::Result<&[u8]>> {
        if let Some(chunk) = ready!(self.as_mut().poll_settled(cx, polled, usize::MAX)) {
            self.as_mut().project().gate.keep(Unread::new(chunk?));
        }
        Poll::Ready(Ok(self.into_ref().get_ref().gate.unread().lend()))
    }

    /// Takes note of what has come.
    #[inline]
    fn settle(self: Pin<&mut Self>, came: &Option<io::Result<Bytes>>) {
        match came {
            Some(Ok(_)) => _ = self.came(),
            Some(Err(_)) => self.project().gate.close(Phase::Failed),
            None => self.project().gate.close(Phase::Ended),
        }
    }

    /// Takes note of a chunk that has come, and says whether there may be another.
    #[inline]
    fn came(self: Pin<&mut Self>) -> bool {
        let this = self.project();
        let is_at_end = this.chunks.is_at_end();
        if is_at_end {
            this.gate.close(Phase::Ended);
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

/// The plain path alone is inlined. All else has a cold function, so that it saves no registers, and so that a derived stream over this one
/// is compiled into who asks for the next chunk: rustc puts `poll_next` and its caller into different units, and LLVM carries over what
/// has at most 70 instructions (`rustc -Cllvm-args=-print-import-failures` says what is too large).
impl<C: Chunks> ByteStream for Chunked<C> {
    #[inline]
    fn poll_chunk(self: Pin<&mut Self>, cx: &mut Context<'_>, max: usize) -> Poll<Option<io::Result<Bytes>>> {
        check_max(max);
        if self.gate.is_open() { self.poll_fresh(cx, max) } else { self.poll_at_gate(cx, max) }
    }

    #[inline]
    fn poll_peek(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<&[u8]>> {
        if !self.gate.unread().is_empty() {
            return Poll::Ready(Ok(self.into_ref().get_ref().gate.unread().lend()));
        }
        if !self.gate.phase().is_open() {
            return self.peek_end();
        }
        if self.gate.is_due() {
            return self.poll_peek_charged(cx);
        }
        self.poll_peek_fresh(cx)
    }

    #[inline]
    fn consume_peeked(self: Pin<&mut Self>, n: usize) {
        self.project().gate.consume(n);
    }

    #[inline]
    fn poll_read_into(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        self.poll_read(cx, buf)
    }

    fn state(&self) -> State {
        match self.gate.phase().state() {
            _ if !self.gate.unread().is_empty() => State::Open,
            State::Ended if self.chunks.has_trailers() => State::Trailers,
            state => state,
        }
    }

    fn bytes_left(&self) -> (u64, Option<u64>) {
        let unread = self.gate.unread().len();
        let (least, most) = if self.gate.phase().goes_on() { self.chunks.bytes_left() } else { (0, Some(0)) };
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
