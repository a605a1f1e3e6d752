//! Looking at the start.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::{fmt, io};

use bytes::{Bytes, BytesMut};

use crate::ByteStream;
use crate::adapter::Peeked;

/// The future of [`ByteStreamExt::peek_bytes`](crate::ByteStreamExt::peek_bytes).
#[must_use = "a future does nothing unless it is awaited"]
pub struct PeekBytes<S> {
    /// There until the future is ready.
    stream: Option<S>,
    length: usize,
    /// The first chunk, as it came.
    first: Bytes,
    /// All of them, where the first is too short.
    more: BytesMut,
}

impl<S: ByteStream + Unpin> PeekBytes<S> {
    pub(super) fn new(stream: S, length: usize) -> Self {
        PeekBytes { stream: Some(stream), length, first: Bytes::new(), more: BytesMut::new() }
    }

    fn push(&mut self, chunk: Bytes) {
        if self.first.is_empty() && self.more.is_empty() {
            self.first = chunk;
            return;
        }
        if self.more.is_empty() {
            self.more.reserve(self.length.min(self.first.len() + chunk.len()));
            self.more.extend_from_slice(&std::mem::take(&mut self.first));
        }
        self.more.extend_from_slice(&chunk);
    }
}

/// Nothing in it is pinned: the stream is `Unpin`.
impl<S> Unpin for PeekBytes<S> {}

impl<S: ByteStream + Unpin> Future for PeekBytes<S> {
    type Output = io::Result<(Bytes, Peeked<S>)>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = &mut *self;
        loop {
            let missing = this.length - this.first.len() - this.more.len();
            let stream = this.stream.as_mut().expect("a future is not polled again after it was ready");
            if missing > 0 {
                if let Some(chunk) = ready!(Pin::new(&mut *stream).poll_chunk(cx, missing)) {
                    this.push(chunk?);
                    continue;
                }
                if let Some(error) = super::failed_before(stream) {
                    return Poll::Ready(Err(error));
                }
            }
            let more = std::mem::take(&mut this.more);
            let head = if more.is_empty() { std::mem::take(&mut this.first) } else { more.freeze() };
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
