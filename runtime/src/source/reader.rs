//! One read of a foreign tokio reader, whatever it does.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, ReadBuf};

use super::phase::Phase;
use crate::budget::{Coop, Patience};
use crate::error::{is_eintr, never_interrupted};

/// Reads straight into `buf`, which has room, and says how much came. 0 is the end.
///
/// Bytes that came together with an error are delivered, and the error is kept for the next call.
pub(super) fn poll_reader<R: AsyncRead>(
    reader: Pin<&mut R>,
    phase: &mut Phase,
    coop: &mut Coop,
    cx: &mut Context<'_>,
    buf: &mut ReadBuf<'_>,
) -> Poll<io::Result<usize>> {
    if !phase.is_open() {
        return Poll::Ready(phase.fail_now().map_or(Ok(0), Err));
    }
    ready!(coop.poll_proceed(cx));
    let polled = read_once(reader, phase, cx, buf);
    if let Poll::Ready(Ok(came)) = polled {
        coop.spend(came);
    }
    polled
}

/// The same, of a reader that is neither at its end nor failed, and without its turn being asked for.
#[inline]
pub(super) fn read_once<R: AsyncRead>(
    mut reader: Pin<&mut R>,
    phase: &mut Phase,
    cx: &mut Context<'_>,
    buf: &mut ReadBuf<'_>,
) -> Poll<io::Result<usize>> {
    let (memory, before) = (buf.filled().as_ptr(), buf.filled().len());
    let mut patience = Patience::new();
    loop {
        let polled = reader.as_mut().poll_read(cx, buf);
        if buf.filled().as_ptr() != memory {
            *phase = Phase::Failed;
            buf.clear();
            return Poll::Ready(Err(broken("a reader exchanged the buffer that it was lent")));
        }
        let Some(came) = buf.filled().len().checked_sub(before) else {
            *phase = Phase::Failed;
            buf.set_filled(before);
            return Poll::Ready(Err(broken("a reader took back bytes that were in the buffer before it was called")));
        };
        match polled {
            Poll::Pending if came == 0 => return Poll::Pending,
            Poll::Ready(Ok(())) if came == 0 => *phase = Phase::Ended,
            Poll::Ready(Err(error)) if is_eintr(&error) => {
                if came == 0 {
                    ready!(patience.poll_again(cx));
                    continue;
                }
            }
            Poll::Ready(Err(error)) if came == 0 => {
                *phase = Phase::Failed;
                return Poll::Ready(Err(never_interrupted(error)));
            }
            Poll::Ready(Err(error)) => *phase = Phase::Failing(never_interrupted(error)),
            Poll::Pending | Poll::Ready(Ok(())) => {}
        }
        return Poll::Ready(Ok(came));
    }
}

/// What a reader does that no reader may.
pub(crate) fn broken(what: &'static str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}
