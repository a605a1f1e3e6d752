//! A read of everything.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::{fmt, io};

use super::OwnedRead;
use super::read::{counted, poll_append};
use crate::ByteStream;
use crate::budget::yield_after;
use crate::error::is_eintr;

/// What a buffer without room grows by, at least: a vector doubles beyond that.
const GROWTH: usize = 4096;

/// The future of [`OwnedRead::read_to_end_owned`] on a [`ByteStream`]. It is `Send` if the stream is.
#[must_use = "a future does nothing unless it is awaited"]
pub struct ReadToEndOwned<'a, S: ?Sized> {
    stream: &'a mut S,
    buf: Vec<u8>,
    came: usize,
}

impl<'a, S: ByteStream + Unpin + ?Sized> ReadToEndOwned<'a, S> {
    pub(super) fn new(stream: &'a mut S, buf: Vec<u8>) -> Self {
        ReadToEndOwned { stream, buf, came: 0 }
    }
}

impl<S: ByteStream + Unpin + ?Sized> Future for ReadToEndOwned<'_, S> {
    type Output = (io::Result<usize>, Vec<u8>);

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = &mut *self;
        let done = loop {
            grow(&mut this.buf);
            match ready!(poll_append(this.stream, cx, &mut this.buf)) {
                Ok(0) => break Ok(this.came),
                Ok(n) => this.came += n,
                Err(error) => break Err(error),
            }
        };
        Poll::Ready((done, std::mem::take(&mut this.buf)))
    }
}

impl<S: ?Sized> fmt::Debug for ReadToEndOwned<'_, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReadToEndOwned").field("came", &self.came).finish_non_exhaustive()
    }
}

/// The same of any reader.
pub(super) async fn read_to_end<R: OwnedRead + ?Sized>(
    reader: &mut R,
    mut buf: Vec<u8>,
) -> (io::Result<usize>, Vec<u8>) {
    let before = buf.len();
    let mut interrupted = 0;
    loop {
        grow(&mut buf);
        let filled = buf.len();
        let read;
        (read, buf) = reader.read_owned(buf).await;
        match counted(read, filled, &buf) {
            Ok(0) => return (Ok(buf.len().saturating_sub(before)), buf),
            Ok(_) => interrupted = 0,
            Err(error) if is_eintr(&error) => yield_after(&mut interrupted).await,
            Err(error) => return (Err(error), buf),
        }
    }
}

fn grow(buf: &mut Vec<u8>) {
    if buf.len() == buf.capacity() {
        buf.reserve(GROWTH);
    }
}
