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
/// not keep its task running. Outside of a tokio runtime, and without the feature `coop`, it costs and does nothing.
#[derive(Debug, Default)]
pub(crate) struct Coop {
    #[cfg(feature = "coop")]
    uncharged: usize,
}

#[cfg(feature = "coop")]
impl Coop {
    const UNIT: usize = 16 * 1024;
    /// So much is charged for at once: to ask tokio takes about as long as to hand a chunk on.
    const DUE: usize = 4 * Self::UNIT;
    /// What a poll costs that brings next to nothing.
    const POLL: usize = Self::UNIT / 64;

    pub(crate) const fn new() -> Self {
        Coop { uncharged: 0 }
    }

    /// To be asked before a foreign source is polled.
    #[inline]
    pub(crate) fn poll_proceed(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        if self.is_due() { self.poll_charge(cx) } else { Poll::Ready(()) }
    }

    /// Whether [`poll_proceed`](Self::poll_proceed) has something to ask.
    #[inline]
    pub(crate) fn is_due(&self) -> bool {
        self.uncharged >= Self::DUE
    }

    #[inline(never)]
    fn poll_charge(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        while self.uncharged >= Self::UNIT {
            // A unit that is let go is given back.
            std::mem::forget(std::task::ready!(tokio::task::coop::poll_proceed(cx)));
            self.uncharged -= Self::UNIT;
        }
        Poll::Ready(())
    }

    /// `n` bytes came, by one poll: many small ones take their time too, and a large one no longer than others.
    #[inline]
    pub(crate) fn spend(&mut self, n: usize) {
        self.uncharged += n.min(Self::UNIT - Self::POLL) + Self::POLL;
    }

    /// `n` bytes were copied, which takes the longer the more they are. They came by so many polls.
    #[inline]
    pub(crate) fn spend_copying(&mut self, polls: usize, n: usize) {
        self.uncharged += n.max(polls * Self::POLL);
    }
}

#[cfg(not(feature = "coop"))]
impl Coop {
    pub(crate) const fn new() -> Self {
        Coop {}
    }

    #[inline]
    pub(crate) fn poll_proceed(&mut self, _cx: &mut Context<'_>) -> Poll<()> {
        Poll::Ready(())
    }

    #[inline]
    pub(crate) fn is_due(&self) -> bool {
        false
    }

    #[inline]
    pub(crate) fn spend(&mut self, _n: usize) {}

    #[inline]
    pub(crate) fn spend_copying(&mut self, _polls: usize, _n: usize) {}
}
