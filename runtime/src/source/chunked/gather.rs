//! Reading into a buffer: whole chunks, as long as there are some.

use std::io;
use std::ops::ControlFlow;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Buf;
use tokio::io::ReadBuf;

use super::{Chunked, Chunks, look};
use crate::budget::Patience;
use crate::source::item::StreamItem;
use crate::source::phase::Phase;
use crate::source::unread::Unread;

impl<C: Chunks> Chunked<C> {
    #[inline]
    pub(super) fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if buf.remaining() == 0 {
            return Poll::Ready(Ok(()));
        }
        if self.gate.unread().is_empty() {
            return self.poll_gather(cx, buf, 0);
        }
        let this = self.as_mut().project();
        let filled = this.gate.read_part(buf);
        if filled > 0 {
            this.gate.spend_copying(0, filled);
            return Poll::Ready(Ok(()));
        }
        self.poll_read_rest(cx, buf)
    }

    /// Reads when all that is unread fits into `buf`.
    #[inline(never)]
    fn poll_read_rest(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let room = buf.remaining();
        let this = self.as_mut().project();
        let filled = this.gate.read_all(buf);
        if filled >= enough(room) {
            this.gate.spend_copying(0, filled);
            return Poll::Ready(Ok(()));
        }
        self.poll_gather(cx, buf, filled)
    }

    /// Nothing comes now, after the `filled` bytes of this call.
    #[cold]
    #[inline(never)]
    fn read_so_far(self: Pin<&mut Self>, filled: usize) -> Poll<io::Result<()>> {
        self.project().gate.spend_copying(0, filled);
        if filled > 0 { Poll::Ready(Ok(())) } else { Poll::Pending }
    }

    /// Nothing comes any more, after the `filled` bytes of this call.
    #[cold]
    #[inline(never)]
    fn read_end(self: Pin<&mut Self>, filled: usize) -> Poll<io::Result<()>> {
        let this = self.project();
        this.gate.spend_copying(0, filled);
        if filled > 0 {
            return Poll::Ready(Ok(()));
        }
        Poll::Ready(this.gate.fail_now().map_or(Ok(()), Err))
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
        if !self.gate.phase().is_open() {
            return self.read_end(filled);
        }
        // What is gathered is charged for at the end.
        if self.as_mut().project().gate.poll_pass(cx).is_pending() {
            return self.read_so_far(filled);
        }
        let before = position(buf) - filled;
        let goal = before + enough(buf.capacity() - before);
        let (mut polls, mut patience) = (0, Patience::new());
        let mut goes_on = true;
        let gathered = loop {
            if position(buf) >= goal || !goes_on {
                break Poll::Ready(Ok(()));
            }
            let polled = self.as_mut().project().chunks.poll_next_chunk(cx);
            // Look, then move: most chunks are copied from where they were written, and dropped there; so is the head of one that is
            // too large. To move one that has just been written waits until it has got through to the cache.
            let (chunk, room) = (look(&polled), buf.remaining());
            if (1..=room).contains(&chunk.len()) {
                buf.put_slice(chunk);
                polls += 1;
                goes_on = self.as_mut().came();
                continue;
            }
            if chunk.len() > room && position(buf) == before {
                buf.put_slice(&chunk[..room]);
                self.as_mut().came();
                let gate = self.project().gate;
                if let Poll::Ready(item) = polled {
                    gate.keep(Unread::after(room, item.map(StreamItem::into_chunk)));
                }
                gate.spend_copying(1, room);
                return Poll::Ready(Ok(()));
            }
            let Poll::Ready(item) = polled else {
                break Poll::Pending;
            };
            polls += 1;
            if let ControlFlow::Break(end) = self.as_mut().settle_into(item, buf, before) {
                break Poll::Ready(end);
            }
            if patience.poll_again(cx).is_pending() {
                break Poll::Pending;
            }
        };
        let filled = position(buf) - before;
        self.project().gate.spend_copying(polls, filled);
        match gathered {
            // Bytes in hand go out now; the waker is registered for the rest.
            Poll::Pending if filled > 0 => Poll::Ready(Ok(())),
            gathered => gathered,
        }
    }

    /// What becomes of an item that does not go into `buf` as it is: `Break` ends the gathering, which began at `before`.
    #[inline(never)]
    fn settle_into(
        mut self: Pin<&mut Self>,
        item: Option<C::Item>,
        buf: &mut ReadBuf<'_>,
        before: usize,
    ) -> ControlFlow<io::Result<()>> {
        let filled = position(buf) > before;
        let came = item.map(StreamItem::into_chunk);
        self.as_mut().settle(&came);
        match came {
            Some(Ok(chunk)) if chunk.is_empty() && self.gate.phase().is_open() => return ControlFlow::Continue(()),
            Some(Ok(mut chunk)) => {
                if !filled {
                    let n = chunk.len().min(buf.remaining());
                    buf.put_slice(&chunk[..n]);
                    chunk.advance(n);
                }
                self.project().gate.keep(Unread::new(chunk));
            }
            Some(Err(error)) if filled => self.project().gate.close(Phase::Failing(error)),
            Some(Err(error)) => return ControlFlow::Break(Err(error)),
            None => {}
        }
        ControlFlow::Break(Ok(()))
    }
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
