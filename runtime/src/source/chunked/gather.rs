//! Reading into a buffer: whole chunks, as long as there are some.

use std::io;
use std::ops::ControlFlow;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::{Buf, Bytes};
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
