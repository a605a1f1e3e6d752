//! A read that fills its buffer.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::{fmt, io};

use super::read::{counted, poll_append};
use super::{IoBufMut, OwnedRead};
use crate::ByteStream;
use crate::budget::yield_after;
use crate::error::is_eintr;

/// The future of [`OwnedRead::read_exact_owned`] on a [`ByteStream`]. It is `Send` if the stream and the buffer are.
#[must_use = "a future does nothing unless it is awaited"]
pub struct ReadExactOwned<'a, S: ?Sized, B> {
    stream: &'a mut S,
    /// There until the future is ready.
    buf: Option<B>,
}

impl<'a, S: ByteStream + Unpin + ?Sized, B: IoBufMut> ReadExactOwned<'a, S, B> {
    pub(super) fn new(stream: &'a mut S, buf: B) -> Self {
        ReadExactOwned { stream, buf: Some(buf) }
    }
}

/// Nothing in it is pinned.
impl<S: ?Sized, B> Unpin for ReadExactOwned<'_, S, B> {}

impl<S: ByteStream + Unpin + ?Sized, B: IoBufMut> Future for ReadExactOwned<'_, S, B> {
    type Output = (io::Result<()>, B);

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = &mut *self;
        let buf = this.buf.as_mut().expect("a future is not polled again after it was ready");
        let done = loop {
            if buf.spare() == 0 {
                break Ok(());
            }
            match ready!(poll_append(this.stream, cx, buf)) {
                Ok(0) => break Err(ended_early()),
                Ok(_) => {}
                Err(error) => break Err(error),
            }
        };
        let buf = this.buf.take().expect("it was there a moment ago");
        Poll::Ready((done, buf))
    }
}

impl<S: ?Sized, B> fmt::Debug for ReadExactOwned<'_, S, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReadExactOwned").finish_non_exhaustive()
    }
}

/// The same of any reader.
pub(super) async fn read_exact<R: OwnedRead + ?Sized, B: IoBufMut>(reader: &mut R, mut buf: B) -> (io::Result<()>, B) {
    let mut interrupted = 0;
    while buf.spare() > 0 {
        let filled = buf.filled().len();
        let read;
        (read, buf) = reader.read_owned(buf).await;
        match counted(read, filled, &buf) {
            Ok(0) => return (Err(ended_early()), buf),
            Ok(_) => interrupted = 0,
            Err(error) if is_eintr(&error) => yield_after(&mut interrupted).await,
            Err(error) => return (Err(error), buf),
        }
    }
    (Ok(()), buf)
}

fn ended_early() -> io::Error {
    io::Error::new(io::ErrorKind::UnexpectedEof, "the reader ended before the buffer was full")
}
