//! Bytes in memory, and nothing at all.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::{Buf, Bytes, BytesMut};

use crate::stream::{check_consumed, check_max};
use crate::{ByteStream, State, Trailers};

/// A type whose own value is the unread rest.
macro_rules! memory {
    ($($(#[$doc:meta])* $memory:ty, $take:expr;)*) => {$(
        $(#[$doc])*
        impl ByteStream for $memory {
            fn poll_chunk(
                mut self: Pin<&mut Self>,
                _cx: &mut Context<'_>,
                max: usize,
            ) -> Poll<Option<io::Result<Bytes>>> {
                check_max(max);
                if self.is_empty() {
                    return Poll::Ready(None);
                }
                let n = self.len().min(max);
                let take: fn(&mut $memory, usize) -> Bytes = $take;
                Poll::Ready(Some(Ok(take(&mut self, n))))
            }

            fn poll_peek(self: Pin<&mut Self>, _cx: &mut Context<'_>) -> Poll<io::Result<&[u8]>> {
                Poll::Ready(Ok(&self.get_mut()[..]))
            }

            fn consume_peeked(mut self: Pin<&mut Self>, n: usize) {
                check_consumed(n, self.len());
                if n == self.len() {
                    // What is empty may still hold the memory that it was a part of.
                    *self = Default::default();
                } else {
                    Buf::advance(&mut *self, n);
                }
            }

            fn state(&self) -> State {
                if self.is_empty() { State::Ended } else { State::Open }
            }

            fn bytes_left(&self) -> (u64, Option<u64>) {
                let left = self.len() as u64;
                (left, Some(left))
            }
        }
    )*};
}

memory! {
    /// One chunk, with its own pointer.
    Bytes, |bytes, n| bytes.split_to(n);
    /// One chunk, with its own pointer.
    BytesMut, |bytes, n| bytes.split_to(n).freeze();
    /// One chunk, with its own pointer.
    &'static [u8], |bytes, n| {
        let (head, tail) = bytes.split_at(n);
        *bytes = tail;
        Bytes::from_static(head)
    };
}

/// The empty stream.
impl ByteStream for () {
    fn poll_chunk(self: Pin<&mut Self>, _cx: &mut Context<'_>, max: usize) -> Poll<Option<io::Result<Bytes>>> {
        check_max(max);
        Poll::Ready(None)
    }

    fn poll_peek(self: Pin<&mut Self>, _cx: &mut Context<'_>) -> Poll<io::Result<&[u8]>> {
        Poll::Ready(Ok(&[]))
    }

    fn consume_peeked(self: Pin<&mut Self>, n: usize) {
        check_consumed(n, 0);
    }

    fn state(&self) -> State {
        State::Ended
    }

    fn bytes_left(&self) -> (u64, Option<u64>) {
        (0, Some(0))
    }
}

/// `None` is the empty stream.
impl<S: ByteStream> ByteStream for Option<S> {
    fn poll_chunk(self: Pin<&mut Self>, cx: &mut Context<'_>, max: usize) -> Poll<Option<io::Result<Bytes>>> {
        match self.as_pin_mut() {
            Some(stream) => stream.poll_chunk(cx, max),
            None => Pin::new(&mut ()).poll_chunk(cx, max),
        }
    }

    fn poll_peek(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<&[u8]>> {
        match self.as_pin_mut() {
            Some(stream) => stream.poll_peek(cx),
            None => Poll::Ready(Ok(&[])),
        }
    }

    fn poll_lends(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<bool>> {
        self.as_pin_mut().map_or(Poll::Ready(Ok(false)), |stream| stream.poll_lends(cx))
    }

    fn consume_peeked(self: Pin<&mut Self>, n: usize) {
        match self.as_pin_mut() {
            Some(stream) => stream.consume_peeked(n),
            None => check_consumed(n, 0),
        }
    }

    fn poll_read_into(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut tokio::io::ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        match self.as_pin_mut() {
            Some(stream) => stream.poll_read_into(cx, buf),
            None => Poll::Ready(Ok(())),
        }
    }

    fn state(&self) -> State {
        self.as_ref().map_or(State::Ended, S::state)
    }

    fn bytes_left(&self) -> (u64, Option<u64>) {
        self.as_ref().map_or((0, Some(0)), S::bytes_left)
    }

    fn poll_trailers(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<io::Result<Trailers>>> {
        match self.as_pin_mut() {
            Some(stream) => stream.poll_trailers(cx),
            None => Poll::Ready(None),
        }
    }
}
