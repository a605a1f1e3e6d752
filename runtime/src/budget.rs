//! Giving other tasks their turn.

use std::task::{Context, Poll};

/// Counts polls in a row that brought nothing (an empty chunk, an `EINTR`), so that a run of them yields.
///
/// One lives for the length of one poll.
pub(crate) struct Patience(u8);

impl Patience {
    const POLLS: u8 = 32;

    #[inline]
    pub(crate) fn new() -> Self {
        Patience(Self::POLLS)
    }

    /// `Pending`, with a wake-up on its way, once there were too many.
    #[inline]
    pub(crate) fn poll_again(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        self.0 -= 1;
        if self.0 > 0 {
            return Poll::Ready(());
        }
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}

/// The same in an `async fn`, which counts for itself.
pub(crate) async fn yield_after(barren: &mut u8) {
    *barren += 1;
    if *barren < Patience::POLLS {
        return;
    }
    std::future::poll_fn(|cx| match std::mem::take(barren) {
        0 => Poll::Ready(()),
        _ => {
            cx.waker().wake_by_ref();
            Poll::Pending
        }
    })
    .await;
}

/// Charges tokio's cooperative budget with one unit for each 16 KiB and a little for each poll, so that a source that is always ready does
/// not keep its task running. Outside of a tokio runtime, and without the feature `coop`, nothing is charged.
#[derive(Debug, Default)]
pub(crate) struct Coop {
    uncharged: u64,
}

impl Coop {
    const UNIT: u64 = 16 * 1024;
    /// So much is charged for at once: to ask tokio takes about as long as to hand a chunk on.
    const DUE: u64 = 4 * Self::UNIT;
    /// What tokio gives a task for a turn. Who owes more has read a large chunk in small pieces, and others wait no longer for that than
    /// until the next turn.
    const TURN: u64 = 128 * Self::UNIT;
    /// What a poll costs that brings next to nothing.
    const POLL: u64 = Self::UNIT / 64;
    /// As if more were due than there ever is.
    const HALTED: u64 = 1 << 63;

    /// See [`halt`](Self::halt).
    pub(crate) const fn halted() -> Self {
        Coop { uncharged: Self::HALTED }
    }

    /// Lets [`is_clear`](Self::is_clear) be false until [`poll_proceed`](Self::poll_proceed) is asked: for a caller who has something
    /// else to look for, and wants to look once.
    #[inline]
    pub(crate) fn halt(&mut self) {
        self.uncharged |= Self::HALTED;
    }

    /// Whether nobody has halted, and nothing is due.
    #[inline]
    pub(crate) fn is_clear(&self) -> bool {
        self.uncharged < Self::DUE
    }

    /// Whether [`poll_proceed`](Self::poll_proceed) has something to ask.
    #[inline]
    pub(crate) fn is_due(&self) -> bool {
        self.uncharged & !Self::HALTED >= Self::DUE
    }

    /// To be asked before a foreign source is polled.
    #[inline]
    pub(crate) fn poll_proceed(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        self.uncharged &= !Self::HALTED;
        if self.is_clear() { Poll::Ready(()) } else { self.poll_charge(cx) }
    }

    #[inline(never)]
    fn poll_charge(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        self.uncharged = self.uncharged.min(Self::TURN);
        let units = self.uncharged / Self::UNIT;
        let charged = (0..units).take_while(|_| poll_unit(cx).is_ready()).count() as u64;
        self.uncharged -= charged * Self::UNIT;
        if charged == units { Poll::Ready(()) } else { Poll::Pending }
    }

    /// `n` bytes came, by one poll: many small ones take their time too, and a large one no longer than others.
    #[inline]
    pub(crate) fn spend(&mut self, n: usize) {
        self.uncharged += (n as u64).min(Self::UNIT - Self::POLL) + Self::POLL;
    }

    /// `n` bytes were copied, which takes the longer the more they are. They came by so many polls.
    #[inline]
    pub(crate) fn spend_copying(&mut self, polls: usize, n: usize) {
        self.uncharged += (n as u64).max(polls as u64 * Self::POLL);
    }
}

/// Takes a unit of tokio's budget.
#[cfg(feature = "coop")]
fn poll_unit(cx: &mut Context<'_>) -> Poll<()> {
    // One that is dropped is given back.
    tokio::task::coop::poll_proceed(cx).map(std::mem::forget)
}

#[cfg(not(feature = "coop"))]
fn poll_unit(_cx: &mut Context<'_>) -> Poll<()> {
    Poll::Ready(())
}
