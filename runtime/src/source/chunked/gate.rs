//! What stands between a call and the foreign source: unread bytes, an error or the end, a charge.

use std::io;
use std::task::{Context, Poll};

use bytes::Bytes;
use tokio::io::ReadBuf;

use crate::budget::Coop;
use crate::source::phase::Phase;
use crate::source::unread::Unread;

/// All of it, and at one look whether there is any: to hand a chunk on takes no longer than to look three times. Whoever puts something
/// there shuts the gate, and it stays shut until somebody has looked for each and found nothing.
pub(super) struct Gate {
    unread: Unread,
    phase: Phase,
    coop: Coop,
}

impl Gate {
    pub(super) const fn new(unread: Unread, phase: Phase) -> Self {
        Gate { unread, phase, coop: Coop::halted() }
    }

    /// Whether nothing stands there.
    #[inline]
    pub(super) fn is_open(&self) -> bool {
        self.coop.is_clear()
    }

    /// See [`Coop::is_due`].
    #[inline]
    pub(super) fn is_due(&self) -> bool {
        self.coop.is_due()
    }

    /// To be asked before the foreign source is polled, when nothing is unread and it may be polled: tokio may want others to have
    /// their turn. Opens the gate.
    #[inline]
    pub(super) fn poll_pass(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        debug_assert!(self.unread.is_empty() && self.phase.is_open());
        self.coop.poll_proceed(cx)
    }

    #[inline]
    pub(super) fn unread(&self) -> &Unread {
        &self.unread
    }

    #[inline]
    pub(super) fn phase(&self) -> &Phase {
        &self.phase
    }

    /// Keeps what nobody has read.
    #[inline]
    pub(super) fn keep(&mut self, unread: Unread) {
        self.unread = unread;
        self.coop.halt();
    }

    /// Keeps what exceeds `max` of a chunk that has just come.
    #[inline]
    pub(super) fn keep_beyond(&mut self, max: usize, chunk: Bytes) -> Bytes {
        let head = self.unread.keep_beyond(max, chunk);
        if !self.unread.is_empty() {
            self.coop.halt();
        }
        head
    }

    /// The foreign source is not to be polled any more.
    #[inline]
    pub(super) fn close(&mut self, phase: Phase) {
        self.phase = phase;
        self.coop.halt();
    }

    /// See [`Phase::fail_now`].
    #[inline]
    pub(super) fn fail_now(&mut self) -> Option<io::Error> {
        self.phase.fail_now()
    }

    /// See [`Unread::take`].
    #[inline]
    pub(super) fn take(&mut self, max: usize) -> Option<Bytes> {
        self.unread.take(max)
    }

    /// See [`Unread::read_part`].
    #[inline]
    pub(super) fn read_part(&mut self, buf: &mut ReadBuf<'_>) -> usize {
        self.unread.read_part(buf)
    }

    /// See [`Unread::read_all`].
    #[inline]
    pub(super) fn read_all(&mut self, buf: &mut ReadBuf<'_>) -> usize {
        self.unread.read_all(buf)
    }

    /// See [`Unread::consume`].
    #[inline]
    pub(super) fn consume(&mut self, n: usize) {
        self.unread.consume(n);
    }

    /// See [`Coop::spend`].
    #[inline]
    pub(super) fn spend(&mut self, n: usize) {
        self.coop.spend(n);
    }

    /// See [`Coop::spend_copying`].
    #[inline]
    pub(super) fn spend_copying(&mut self, polls: usize, n: usize) {
        self.coop.spend_copying(polls, n);
    }

    /// What nobody has read, and the error that nobody has been told.
    pub(super) fn into_parts(self) -> (Bytes, Option<io::Error>) {
        (self.unread.into_bytes(), self.phase.into_error())
    }
}
