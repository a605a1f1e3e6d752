//! Looking at the start.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::{fmt, io};

use bytes::Bytes;

use super::came::Came;
use crate::ByteStream;
use crate::adapter::Peeked;

/// The future of [`ByteStreamExt::peek_bytes`](crate::ByteStreamExt::peek_bytes).
#[must_use = "a future does nothing unless it is awaited"]
pub struct PeekBytes<S> {
    /// There until the future is ready.
    stream: Option<S>,
    length: usize,
    came: Came,
}

impl<S: ByteStream + Unpin> PeekBytes<S> {
    pub(super) fn new(stream: S, length: usize) -> Self {
        PeekBytes { stream: Some(stream), length, came: Came::default() }
    }
}

/// Nothing in it is pinned: the stream is `Unpin`.
impl<S> Unpin for PeekBytes<S> {}

impl<S: ByteStream + Unpin> Future for PeekBytes<S> {
    type Output = io::Result<(Bytes, Peeked<S>)>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = &mut *self;
        loop {
            let missing = this.length - this.came.len();
            let stream = this.stream.as_mut().expect("a future is not polled again after it was ready");
            if missing > 0 {
                if let Some(chunk) = ready!(Pin::new(&mut *stream).poll_chunk(cx, missing)) {
                    // So many bytes were asked for, which says nothing of how many there are.
                    this.came.push(chunk?, || (0, Some(0)))?;
                    continue;
                }
                if let Some(error) = super::failed_before(stream) {
                    return Poll::Ready(Err(error));
                }
            }
            let head = std::mem::take(&mut this.came).into_bytes();
            let stream = this.stream.take().expect("it was there a moment ago");
            return Poll::Ready(Ok((head.clone(), Peeked::new(head, stream))));
        }
    }
}

impl<S> fmt::Debug for PeekBytes<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PeekBytes").field("length", &self.length).finish_non_exhaustive()
    }
}
