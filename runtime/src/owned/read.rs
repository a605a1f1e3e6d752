//! One read of a stream into a buffer that the read owns.

use std::future::Future;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, ready};
use std::{fmt, io};

use bytes::BufMut;
use tokio::io::AsyncReadExt;

use super::{IoBufMut, MISCOUNTED};
use crate::ByteStream;
use crate::source::broken;
use crate::view::AsTokio;

/// The future of [`OwnedRead::read_owned`](super::OwnedRead::read_owned) on a [`ByteStream`]. It is `Send` if the stream and the buffer
/// are.
#[must_use = "a future does nothing unless it is awaited"]
pub struct ReadOwned<'a, S: ?Sized, B> {
    stream: &'a mut S,
    /// There until the future is ready.
    buf: Option<B>,
}

impl<'a, S: ByteStream + Unpin + ?Sized, B: IoBufMut> ReadOwned<'a, S, B> {
    /// Reads from `stream` into `buf`.
    pub fn new(stream: &'a mut S, buf: B) -> Self {
        ReadOwned { stream, buf: Some(buf) }
    }

    /// The buffer, if the future is to be dropped before it was ready. Nothing has been read then.
    pub fn into_buf(self) -> Option<B> {
        self.buf
    }
}

/// Nothing in it is pinned.
impl<S: ?Sized, B> Unpin for ReadOwned<'_, S, B> {}

impl<S: ByteStream + Unpin + ?Sized, B: IoBufMut> Future for ReadOwned<'_, S, B> {
    type Output = (io::Result<usize>, B);

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = &mut *self;
        let buf = this.buf.as_mut().expect("a future is not polled again after it was ready");
        let read = ready!(poll_append(this.stream, cx, buf));
        let buf = this.buf.take().expect("it was there a moment ago");
        Poll::Ready((read, buf))
    }
}

/// Appends to the room that `buf` has, and says how much came. Without room it polls nothing.
///
/// Of the uninitialised memory tokio's `read_buf` takes care, which keeps nothing between two polls.
pub(super) fn poll_append<S, B>(stream: &mut S, cx: &mut Context<'_>, buf: &mut B) -> Poll<io::Result<usize>>
where
    S: ByteStream + Unpin + ?Sized,
    B: IoBufMut,
{
    let room = buf.spare();
    if room == 0 {
        return Poll::Ready(Ok(0));
    }
    let mut reader = AsTokio::new(stream);
    // A `Vec` has room without end for who asks it as a `BufMut`.
    let mut buf = buf.limit(room);
    pin!(reader.read_buf(&mut buf)).poll(cx)
}

/// What a foreign reader says that came, if that is what lies in the buffer behind the bytes that were filled before. One that counts what
/// did not come would be asked for ever.
pub(super) fn counted<B: IoBufMut>(read: io::Result<usize>, filled: usize, buf: &B) -> io::Result<usize> {
    match read {
        Ok(n) if filled.checked_add(n) != Some(buf.filled().len()) => Err(broken(MISCOUNTED)),
        read => read,
    }
}

impl<S: ?Sized, B> fmt::Debug for ReadOwned<'_, S, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReadOwned").finish_non_exhaustive()
    }
}
