//! The state machine below every source that has chunks. It knows no ecosystem.

use std::io;
use std::ops::ControlFlow;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Buf, Bytes};
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
    /// A chunk that nobody has seen, of at most `max` bytes and never an empty one. To be called when nothing is unread.
    #[inline]
    fn poll_fresh(mut self: Pin<&mut Self>, cx: &mut Context<'_>, max: usize) -> Poll<Option<io::Result<Bytes>>> {
        if !self.phase.is_open() {
            return Poll::Ready(self.project().phase.fail_now().map(Err));
        }
        let polled = self.as_mut().poll_item(cx);
        // Look, then move: an item that is handed on as it is moves once.
        let n = look(&polled).len();
        if (1..=max).contains(&n) {
            self.as_mut().project().coop.spend(n);
            self.came();
            return polled.map(|item| item.map(|item| item.into_chunk().map(by_fields)));
        }
        let item = ready!(polled);
        self.poll_settled(cx, item.map(StreamItem::into_chunk), max)
    }

    /// The rest of [`poll_fresh`](Self::poll_fresh), for an item that is not handed on as it is.
    #[cold]
    #[inline(never)]
    fn poll_settled(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        mut came: Option<io::Result<Bytes>>,
        max: usize,
    ) -> Poll<Option<io::Result<Bytes>>> {
        let mut patience = Patience::new();
        loop {
            self.as_mut().settle(&came);
            match came {
                Some(Ok(chunk)) if chunk.is_empty() => {
                    if !self.phase.is_open() {
                        return Poll::Ready(None);
                    }
                    ready!(patience.poll_again(cx));
                    came = ready!(self.as_mut().poll_item(cx)).map(StreamItem::into_chunk);
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

    #[inline]
    fn poll_item(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<C::Item>> {
        let this = self.project();
        ready!(this.coop.poll_proceed(cx));
        this.chunks.poll_next_chunk(cx)
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

    /// Gathers whole chunks in `buf`, after the `filled` bytes that this call has put there already. What ends the gathering (an
    /// error, the end, `Pending`, a chunk that does not fit) is kept for the next call.
    #[inline(never)]
    fn poll_gather(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
        filled: usize,
    ) -> Poll<io::Result<()>> {
        if filled == 0 {
            if let Some(error) = self.as_mut().project().phase.fail_now() {
                return Poll::Ready(Err(error));
            }
        }
        let before = position(buf) - filled;
        let goal = before + enough(buf.capacity() - before);
        let (mut polls, mut patience) = (0, Patience::new());
        let mut goes_on = self.phase.is_open();
        // What is gathered is charged for at the end.
        let may_poll = !goes_on || self.as_mut().project().coop.poll_proceed(cx).is_ready();
        let gathered = loop {
            if position(buf) >= goal || !goes_on {
                break Poll::Ready(Ok(()));
            }
            if !may_poll {
                break Poll::Pending;
            }
            let polled = self.as_mut().project().chunks.poll_next_chunk(cx);
            // Look, then move: most chunks are copied from where they were written, and dropped there. To move one that has just been
            // written waits until it has got through to the cache.
            let chunk = look(&polled);
            if (1..=buf.remaining()).contains(&chunk.len()) {
                buf.put_slice(chunk);
                polls += 1;
                goes_on = self.as_mut().came();
                continue;
            }
            let Poll::Ready(item) = polled else {
                break Poll::Pending;
            };
            polls += 1;
            let (came, filled) = (item.map(StreamItem::into_chunk), position(buf) > before);
            if let ControlFlow::Break(end) = self.as_mut().settle_into(came, buf, filled) {
                break Poll::Ready(end);
            }
            goes_on = self.phase.is_open();
            if patience.poll_again(cx).is_pending() {
                break Poll::Pending;
            }
        };
        let filled = position(buf) - before;
        self.project().coop.spend_reading(polls, filled);
        match gathered {
            // Bytes in hand go out now; the waker is registered for the rest.
            Poll::Pending if filled > 0 => Poll::Ready(Ok(())),
            gathered => gathered,
        }
    }

    /// What becomes of an item that does not go into `buf` as it is: `Break` ends the gathering, of which `filled` says whether it has
    /// brought bytes.
    #[inline]
    fn settle_into(
        mut self: Pin<&mut Self>,
        came: Option<io::Result<Bytes>>,
        buf: &mut ReadBuf<'_>,
        filled: bool,
    ) -> ControlFlow<io::Result<()>> {
        self.as_mut().settle(&came);
        match came {
            Some(Ok(chunk)) if chunk.is_empty() => return ControlFlow::Continue(()),
            Some(Ok(mut chunk)) => {
                if !filled {
                    let n = chunk.len().min(buf.remaining());
                    buf.put_slice(&chunk[..n]);
                    chunk.advance(n);
                }
                *self.project().unread = Unread::new(chunk);
            }
            Some(Err(error)) if filled => *self.project().phase = Phase::Failing(error),
            Some(Err(error)) => return ControlFlow::Break(Err(error)),
            None => {}
        }
        ControlFlow::Break(Ok(()))
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

/// The chunk, moved field by field. A source has just stored it that way, and to load two fields at once waits until both stores have
/// got through to the cache: about 5 ns. That the length is looked at once more here keeps the compiler from doing so; it costs nothing.
#[inline]
fn by_fields(mut chunk: Bytes) -> Bytes {
    chunk.truncate(chunk.len());
    chunk
}

/// How much a read gathers in a buffer: a few KiB stay in the first-level cache, and to put a chunk aside which does not fit any
/// more costs more than to be called once more for it.
#[inline]
fn enough(room: usize) -> usize {
    (room - room / 4).min(4096)
}

/// How much of the buffer is filled. [`ReadBuf::filled`] checks a bound to say so.
#[inline]
fn position(buf: &ReadBuf<'_>) -> usize {
    buf.capacity() - buf.remaining()
}

impl<C: Chunks> ByteStream for Chunked<C> {
    #[inline]
    fn poll_chunk(self: Pin<&mut Self>, cx: &mut Context<'_>, max: usize) -> Poll<Option<io::Result<Bytes>>> {
        check_max(max);
        if self.unread.is_empty() {
            return self.poll_fresh(cx, max);
        }
        Poll::Ready(self.project().unread.take(max).map(Ok))
    }

    #[inline]
    fn poll_peek(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<&[u8]>> {
        if self.unread.is_empty() {
            if !self.phase.is_open() {
                return Poll::Ready(self.project().phase.fail_now().map_or(Ok(&[]), Err));
            }
            let polled = self.as_mut().poll_item(cx);
            // As in `poll_fresh`; to go through its result would move the chunk once more.
            let n = look(&polled).len();
            if n > 0 {
                self.as_mut().project().coop.spend(n);
                self.as_mut().came();
                if let Poll::Ready(item) = polled {
                    *self.as_mut().project().unread = Unread::of(item.map(StreamItem::into_chunk));
                }
            } else {
                let item = ready!(polled);
                if let Some(chunk) =
                    ready!(self.as_mut().poll_settled(cx, item.map(StreamItem::into_chunk), usize::MAX))
                {
                    *self.as_mut().project().unread = Unread::new(chunk?);
                }
            }
        }
        Poll::Ready(Ok(self.into_ref().get_ref().unread.lend()))
    }

    #[inline]
    fn consume_peeked(self: Pin<&mut Self>, n: usize) {
        self.project().unread.consume(n);
    }

    #[inline]
    fn poll_read_into(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let room = buf.remaining();
        if room == 0 {
            return Poll::Ready(Ok(()));
        }
        let this = self.as_mut().project();
        let filled = this.unread.read_into(buf);
        if filled >= enough(room) {
            this.coop.spend_reading(0, filled);
            return Poll::Ready(Ok(()));
        }
        self.poll_gather(cx, buf, filled)
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
