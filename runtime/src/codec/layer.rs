//! What a codec has to say of itself.

use std::pin::Pin;

use tokio::io::AsyncRead;

/// A codec: a reader whose bytes are those of a source below it, encoded or decoded.
///
/// The encoders and decoders of async-compression's `tokio::bufread` are, as far as the features of this crate turn them on. One
/// of your own needs these few lines to stand in a [`Codec`](super::Codec).
///
/// It should read its source as an `AsyncBufRead`, take no byte that it does not use, hand out what it has before it returns `Pending`
/// for its source, and, if it decodes, end with an error where its source ends too early.
///
/// # Examples
///
/// A codec that turns letters around, and back.
///
/// ```
/// use byte_stream::codec::{Codec, Layer};
/// use byte_stream::{ByteStreamExt, stream};
/// use std::io;
/// use std::pin::Pin;
/// use std::task::{Context, Poll, ready};
/// use tokio::io::{AsyncBufRead, AsyncRead, ReadBuf};
///
/// struct Rot13<R>(R);
///
/// impl<R: AsyncBufRead + Unpin> AsyncRead for Rot13<R> {
///     fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
///         let bytes = ready!(Pin::new(&mut self.0).poll_fill_buf(cx))?;
///         let n = bytes.len().min(buf.remaining());
///         for byte in &bytes[..n] {
///             buf.put_slice(&[match byte {
///                 b'a'..=b'm' => byte + 13,
///                 b'n'..=b'z' => byte - 13,
///                 other => *other,
///             }]);
///         }
///         Pin::new(&mut self.0).consume(n);
///         Poll::Ready(Ok(()))
///     }
/// }
///
/// impl<R: AsyncBufRead + Unpin> Layer for Rot13<R> {
///     type Source = R;
///     const DECODES: bool = true;
///
///     fn source(&self) -> &R {
///         &self.0
///     }
///
///     fn source_mut(&mut self) -> &mut R {
///         &mut self.0
///     }
///
///     fn source_pin_mut(self: Pin<&mut Self>) -> Pin<&mut R> {
///         Pin::new(&mut self.get_mut().0)
///     }
///
///     fn into_source(self) -> R {
///         self.0
///     }
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> io::Result<()> {
/// let secret = Codec::new(stream!["uryyb"], Rot13);
/// assert_eq!(secret.collect_bytes().await?, "hello");
/// # Ok(())
/// # }
/// ```
pub trait Layer: AsyncRead {
    /// What it reads from.
    type Source;

    /// Whether it decodes: then its errors are about its source's bytes, of kind `InvalidData` or `UnexpectedEof`.
    const DECODES: bool;

    /// The source.
    fn source(&self) -> &Self::Source;

    /// The source.
    fn source_mut(&mut self) -> &mut Self::Source;

    /// The source, pinned.
    fn source_pin_mut(self: Pin<&mut Self>) -> Pin<&mut Self::Source>;

    /// The source. What the codec holds of its bytes is lost.
    fn into_source(self) -> Self::Source
    where
        Self: Sized;
}

#[cfg(any(
    feature = "compression-brotli",
    feature = "compression-deflate",
    feature = "compression-gzip",
    feature = "compression-zstd"
))]
macro_rules! layers {
    ($($feature:literal: $($codec:ident decodes $decodes:literal),*;)*) => {$($(
        #[cfg(feature = $feature)]
        impl<R: tokio::io::AsyncBufRead> Layer for async_compression::tokio::bufread::$codec<R> {
            type Source = R;
            const DECODES: bool = $decodes;

            fn source(&self) -> &R {
                self.get_ref()
            }

            fn source_mut(&mut self) -> &mut R {
                self.get_mut()
            }

            fn source_pin_mut(self: Pin<&mut Self>) -> Pin<&mut R> {
                self.get_pin_mut()
            }

            fn into_source(self) -> R {
                self.into_inner()
            }
        }
    )*)*};
}

#[cfg(any(
    feature = "compression-brotli",
    feature = "compression-deflate",
    feature = "compression-gzip",
    feature = "compression-zstd"
))]
layers! {
    "compression-brotli": BrotliEncoder decodes false, BrotliDecoder decodes true;
    "compression-deflate": DeflateEncoder decodes false, DeflateDecoder decodes true,
        ZlibEncoder decodes false, ZlibDecoder decodes true;
    "compression-gzip": GzipEncoder decodes false, GzipDecoder decodes true;
    "compression-zstd": ZstdEncoder decodes false, ZstdDecoder decodes true;
}
