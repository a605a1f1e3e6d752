//! A codec as a stream that loses nothing of the stream below it.

use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::{fmt, io};

use bytes::Bytes;
use pin_project_lite::pin_project;
use tokio::io::ReadBuf;

use super::checked::Checked;
use super::{Input, Layer, Limits};
use crate::source::Parts;
use crate::stream::check_max;
use crate::{ByteStream, ByteStreamViews, FromRead, State, Trailers};

pin_project! {
    /// A [`ByteStream`] encoded or decoded by a codec, such as one of async-compression's `tokio::bufread`.
    ///
    /// The inverse of one over an encoder is one over its decoder. Unlike [`FromRead`] over the codec it carries what a codec cannot:
    ///
    /// - The **trailers** of the stream below come out behind the codec's bytes.
    /// - An **error** of the stream below comes out as what it was, with its kind and payload, behind all that the codec can make of the
    ///   bytes before it. The codec never sees it.
    /// - The stream below is read **to its end**, also where the codec needs no more of it. What breaks there is an error, and so are bytes
    ///   behind a compressed frame, unless the decoder was set up to take several (`multiple_members`).
    ///
    /// The length is unknown. Bytes are read and chunks are filled as in [`FromRead`], but that what is read from an encoder in pieces of
    /// less than 64 bytes comes out of a block. At its end, or on an error, it lets go of the codec and of the stream below.
    ///
    /// # Errors
    ///
    /// Those of the stream below. A decoder's own are of kind `InvalidData`, or `UnexpectedEof` if the stream below ends too early.
    ///
    /// # Cancel safety
    ///
    /// Bytes that have come are kept until they are read, whichever view reads them.
    ///
    /// # Examples
    ///
    /// ```
    /// # #[cfg(feature = "compression-zstd")]
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> std::io::Result<()> {
    /// use async_compression::tokio::bufread::{ZstdDecoder, ZstdEncoder};
    /// use byte_stream::codec::Codec;
    /// use byte_stream::{ByteStreamExt, stream};
    ///
    /// let packed = Codec::new(stream!["hello, ", "world"], ZstdEncoder::new);
    /// let plain = Codec::new(packed, ZstdDecoder::new);
    /// assert_eq!(plain.collect_bytes().await?, "hello, world");
    ///
    /// // The transport breaks behind a whole frame, which a decoder alone would not see.
    /// let frame = Codec::new(stream!["hello"], ZstdEncoder::new).collect_bytes().await?;
    /// let broken = byte_stream::FromIter::new([Ok(frame), Err("reset")]);
    /// let error = Codec::new(broken, ZstdDecoder::new).collect_bytes().await.unwrap_err();
    /// assert_eq!(error.to_string(), "reset");
    /// # Ok(())
    /// # }
    /// # #[cfg(not(feature = "compression-zstd"))]
    /// # fn main() {}
    /// ```
    #[derive(ByteStreamViews)]
    #[byte_stream(crate = crate)]
    #[must_use = "a stream does nothing unless it is read"]
    pub struct Codec<C> {
        #[pin]
        core: FromRead<Checked<C>>,
    }
}

impl<S: ByteStream, C: Layer<Source = Input<S>>> Codec<C> {
    /// Wraps `stream` in the codec that `make` makes over it: `Codec::new(stream, GzipEncoder::new)`.
    pub fn new(stream: S, make: impl FnOnce(Input<S>) -> C) -> Self {
        Self::over(Input::new(stream), make)
    }

    pub(super) fn over(input: Input<S>, make: impl FnOnce(Input<S>) -> C) -> Self {
        Codec { core: FromRead::new(Checked::new(make(input))).in_large_blocks() }
    }

    /// Takes a stream without any byte for one that decodes to nothing, where a decoder alone misses at least a header.
    ///
    /// HTTP has such: the response to a HEAD request, or a 304, says how it would be encoded.
    pub fn accept_empty(mut self) -> Self {
        self.core.get_mut().accept_empty();
        self
    }

    /// Fails the stream once more comes out of the codec than `limits` allow, with a [`LimitError`](super::LimitError).
    pub fn with_limits(mut self, limits: Limits) -> Self {
        self.core.get_mut().limit(limits);
        self
    }

    /// The stream below, which the codec may have read further than this. `None` once all is over.
    pub fn get_ref(&self) -> Option<&S> {
        self.core.get_ref().codec().map(|codec| codec.source().get_ref())
    }

    /// The stream below. What is taken from it here is missing from the codec.
    pub fn get_mut(&mut self) -> Option<&mut S> {
        self.core.get_mut().codec_mut().map(|codec| codec.source_mut().get_mut())
    }

    /// The stream below, pinned. What is taken from it here is missing from the codec.
    pub fn get_pin_mut(self: Pin<&mut Self>) -> Option<Pin<&mut S>> {
        let codec = self.project().core.get_pin_mut().codec_pin_mut()?;
        Some(codec.source_pin_mut().get_pin_mut())
    }

    /// The stream below, unless all is over. What the codec has read of it and nobody has read here is lost.
    pub fn into_inner(self) -> Option<S> {
        self.into_parts().source
    }

    /// The stream below, unless all is over, and what the codec has handed over and nobody has read. What is inside of the codec is lost.
    pub fn into_parts(self) -> Parts<Option<S>> {
        self.core.into_parts().map_source(|checked| Some(checked.into_codec()?.into_source().into_inner()))
    }
}

impl<S: ByteStream, C: Layer<Source = Input<S>>> Codec<C> {
    /// Whether there are bytes for whoever has room for so many.
    ///
    /// Deflate that is flushed into less room than its mark takes writes the mark again and again, without an end. So what is to
    /// be read in small pieces is encoded into a block first.
    fn poll_has(self: Pin<&mut Self>, cx: &mut Context<'_>, room: usize) -> Poll<io::Result<bool>> {
        const ENOUGH: usize = 64;
        if C::DECODES || room >= ENOUGH {
            return Poll::Ready(Ok(true));
        }
        self.project().core.poll_lends(cx)
    }
}

impl<S: ByteStream, C: Layer<Source = Input<S>>> ByteStream for Codec<C> {
    fn poll_chunk(mut self: Pin<&mut Self>, cx: &mut Context<'_>, max: usize) -> Poll<Option<io::Result<Bytes>>> {
        check_max(max);
        if !ready!(self.as_mut().poll_has(cx, max))? {
            return Poll::Ready(None);
        }
        self.project().core.poll_chunk(cx, max)
    }

    fn poll_peek(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<&[u8]>> {
        self.project().core.poll_peek(cx)
    }

    fn poll_lends(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<bool>> {
        self.project().core.poll_lends(cx)
    }

    fn consume_peeked(self: Pin<&mut Self>, n: usize) {
        self.project().core.consume_peeked(n);
    }

    fn poll_read_into(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        if buf.remaining() == 0 || !ready!(self.as_mut().poll_has(cx, buf.remaining()))? {
            return Poll::Ready(Ok(()));
        }
        self.project().core.poll_read_into(cx, buf)
    }

    fn state(&self) -> State {
        match self.core.state() {
            State::Ended => self.core.get_ref().state_below(),
            state => state,
        }
    }

    fn bytes_left(&self) -> (u64, Option<u64>) {
        self.core.bytes_left()
    }

    fn poll_trailers(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<io::Result<Trailers>>> {
        if self.state() != State::Trailers {
            return Poll::Ready(None);
        }
        let mut checked = self.project().core.get_pin_mut();
        let Some(codec) = checked.as_mut().codec_pin_mut() else { return Poll::Ready(None) };
        let trailers = ready!(codec.source_pin_mut().get_pin_mut().poll_trailers(cx));
        checked.settle();
        Poll::Ready(trailers)
    }
}

impl<C> fmt::Debug for Codec<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Codec").finish_non_exhaustive()
    }
}
