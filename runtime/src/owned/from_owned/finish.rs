//! Waiting for the operation in flight.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use super::{FromOwned, Operation};
use crate::source::Parts;

/// The future of [`FromOwned::finish`].
#[must_use = "a future does nothing unless it is awaited"]
pub struct Finish<'a, R, O> {
    stream: Pin<&'a mut FromOwned<R, O>>,
}

impl<'a, R, O: Operation<R>> Finish<'a, R, O> {
    pub(super) fn new(stream: Pin<&'a mut FromOwned<R, O>>) -> Self {
        Finish { stream }
    }
}

impl<R, O: Operation<R>> Future for Finish<'_, R, O> {
    type Output = Option<Parts<R>>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        ready!(self.stream.as_mut().poll_landed(cx));
        Poll::Ready(self.stream.as_mut().take_parts())
    }
}

impl<R, O> fmt::Debug for Finish<'_, R, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Finish").finish_non_exhaustive()
    }
}
