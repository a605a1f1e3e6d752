//! A pointer to a stream is a stream.

use std::io;
use std::ops::DerefMut;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use tokio::io::ReadBuf;

use crate::{ByteStream, State, Trailers};

/// Forwards every method, the provided ones too, to what `$pinned` makes of `self`.
macro_rules! forward {
    ($self:ident => $pinned:expr, $shared:expr) => {
        #[inline]
        fn poll_chunk($self: Pin<&mut Self>, cx: &mut Context<'_>, max: usize) -> Poll<Option<io::Result<Bytes>>> {
            $pinned.poll_chunk(cx, max)
        }

        #[inline]
        fn poll_peek($self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<&[u8]>> {
            $pinned.poll_peek(cx)
        }

        #[inline]
        fn poll_lends($self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<bool>> {
            $pinned.poll_lends(cx)
        }

        #[inline]
        fn consume_peeked($self: Pin<&mut Self>, n: usize) {
            $pinned.consume_peeked(n);
        }

        #[inline]
        fn poll_read_into($self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
            $pinned.poll_read_into(cx, buf)
        }

        #[inline]
        fn state(&$self) -> State {
            $shared.state()
        }

        #[inline]
        fn bytes_left(&$self) -> (u64, Option<u64>) {
            $shared.bytes_left()
        }

        #[inline]
        fn poll_trailers($self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<io::Result<Trailers>>> {
            $pinned.poll_trailers(cx)
        }
    };
}

pub(crate) use forward;

impl<S: ByteStream + Unpin + ?Sized> ByteStream for &mut S {
    forward!(self => Pin::new(&mut **self.get_mut()), (**self));
}

impl<S: ByteStream + Unpin + ?Sized> ByteStream for Box<S> {
    forward!(self => Pin::new(&mut **self.get_mut()), (**self));
}

impl<P> ByteStream for Pin<P>
where
    P: DerefMut,
    P::Target: ByteStream,
{
    forward!(self => self.as_deref_mut(), (**self));
}
