//! A stream in a content coding that is chosen at run time.

use std::pin::Pin;
#[cfg(feature = "time")]
use std::time::Duration;
use std::{fmt, io};

#[cfg(feature = "compression-brotli")]
use async_compression::tokio::bufread::BrotliEncoder;
#[cfg(feature = "compression-gzip")]
use async_compression::tokio::bufread::GzipEncoder;
#[cfg(feature = "compression-deflate")]
use async_compression::tokio::bufread::ZlibEncoder;
#[cfg(feature = "compression-zstd")]
use async_compression::{tokio::bufread::ZstdEncoder, zstd::CParameter};

#[cfg(any(
    feature = "compression-brotli",
    feature = "compression-deflate",
    feature = "compression-gzip",
    feature = "compression-zstd"
))]
use super::{Codec, Input};
use super::{Encoding, EncodingError, Level};
use crate::ByteStream;
#[cfg(feature = "time")]
use crate::adapter::Coalesce;

/// A stream on its way out, in a content coding that is chosen at run time.
///
/// Its inverse is [`Decompress`](super::Decompress). [`Encoding::Identity`] hands the chunks on as they are, with length and all;
/// the others are a [`Codec`](super::Codec), and what is said there of trailers and errors holds. Nothing is boxed, but for the
/// encoder of brotli, which is large.
///
/// Zstd frames have a checksum, without which a decoder takes damaged bytes for good ones, and a window of at most 8 MiB, as RFC
/// 9659 asks for.
///
/// # Cancel safety
///
/// Bytes that have come are kept until they are read, whichever view reads them.
///
/// # Examples
///
/// ```
/// # #[cfg(feature = "compression-gzip")]
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> std::io::Result<()> {
/// use byte_stream::codec::{Compress, Decompress, Encoding};
/// use byte_stream::{ByteStreamExt, stream};
///
/// let accepted = Encoding::negotiate("gzip, identity;q=0.5", Encoding::SUPPORTED).unwrap_or(Encoding::Identity);
/// let body = Compress::new(stream!["hello, ", "world"], accepted)?;
/// let back = Decompress::new(body, Encoding::Gzip)?;
/// assert_eq!(back.collect_bytes().await?, "hello, world");
/// # Ok(())
/// # }
/// # #[cfg(not(feature = "compression-gzip"))]
/// # fn main() {}
/// ```
#[derive(crate::ByteStream)]
#[byte_stream(crate = crate, project, bound(S: ByteStream))]
#[must_use = "a stream does nothing unless it is read"]
pub struct Compress<S> {
    arm: Arm<S>,
}

#[derive(crate::ByteStream)]
#[byte_stream(crate = crate, project = ArmProjection, bound(S: ByteStream))]
#[allow(clippy::large_enum_variant, reason = "a third of a KiB beside the stream is less than a box costs")]
enum Arm<S> {
    Identity(S),
    #[cfg(feature = "compression-gzip")]
    Gzip(Codec<GzipEncoder<Input<S>>>),
    #[cfg(feature = "compression-deflate")]
    Deflate(Codec<ZlibEncoder<Input<S>>>),
    /// Nearly 6 KiB, where no other is half of one.
    #[cfg(feature = "compression-brotli")]
    Brotli(Pin<Box<Codec<BrotliEncoder<Input<S>>>>>),
    #[cfg(feature = "compression-zstd")]
    Zstd(Codec<ZstdEncoder<Input<S>>>),
}

impl<S: ByteStream> Compress<S> {
    /// Encodes `stream`, with the default [`Level`].
    ///
    /// # Errors
    ///
    /// [`EncodingError::Unsupported`], of kind `Unsupported`, if the feature for this coding is off.
    pub fn new(stream: S, encoding: Encoding) -> io::Result<Self> {
        Self::with_level(stream, encoding, Level::Default)
    }

    /// Encodes `stream`, as hard as `level` says. [`Encoding::Identity`] has no levels.
    ///
    /// # Errors
    ///
    /// [`EncodingError::Unsupported`], of kind `Unsupported`, if the feature for this coding is off.
    pub fn with_level(stream: S, encoding: Encoding, level: Level) -> io::Result<Self> {
        let _ = level;
        let arm = match encoding {
            Encoding::Identity => Arm::Identity(stream),
            #[cfg(feature = "compression-gzip")]
            Encoding::Gzip => Arm::Gzip(Codec::new(stream, |input| GzipEncoder::with_quality(input, level.into()))),
            #[cfg(feature = "compression-deflate")]
            Encoding::Deflate => {
                Arm::Deflate(Codec::new(stream, |input| ZlibEncoder::with_quality(input, level.into())))
            }
            #[cfg(feature = "compression-brotli")]
            Encoding::Brotli => {
                let level = match level {
                    Level::Default => Level::Precise(4),
                    level => level,
                };
                Arm::Brotli(Box::pin(Codec::new(stream, |input| BrotliEncoder::with_quality(input, level.into()))))
            }
            #[cfg(feature = "compression-zstd")]
            Encoding::Zstd => {
                // The levels beyond it have windows of more than 8 MiB.
                const BEST: i32 = 19;
                let level = match level {
                    Level::Best => Level::Precise(BEST),
                    Level::Precise(level) => Level::Precise(level.min(BEST)),
                    level => level,
                };
                let checksum = [CParameter::checksum_flag(true)];
                Arm::Zstd(Codec::new(stream, |input| {
                    ZstdEncoder::with_quality_and_params(input, level.into(), &checksum)
                }))
            }
            #[allow(unreachable_patterns, reason = "with all features there is no other")]
            other => return Err(EncodingError::Unsupported(other).into()),
        };
        Ok(Compress { arm })
    }

    /// The stream below, which may have been read further than this. `None` once all is over, unless it is handed on as it is.
    pub fn get_ref(&self) -> Option<&S> {
        match &self.arm {
            Arm::Identity(stream) => Some(stream),
            #[cfg(feature = "compression-gzip")]
            Arm::Gzip(codec) => codec.get_ref(),
            #[cfg(feature = "compression-deflate")]
            Arm::Deflate(codec) => codec.get_ref(),
            #[cfg(feature = "compression-brotli")]
            Arm::Brotli(codec) => codec.get_ref(),
            #[cfg(feature = "compression-zstd")]
            Arm::Zstd(codec) => codec.get_ref(),
        }
    }

    /// The stream below. What is taken from it here is missing from this one.
    pub fn get_mut(&mut self) -> Option<&mut S>
    where
        S: Unpin,
    {
        Pin::new(self).get_pin_mut().map(Pin::get_mut)
    }

    /// The stream below, pinned. What is taken from it here is missing from this one.
    pub fn get_pin_mut(self: Pin<&mut Self>) -> Option<Pin<&mut S>> {
        match self.project().arm.project() {
            ArmProjection::Identity(stream) => Some(stream),
            #[cfg(feature = "compression-gzip")]
            ArmProjection::Gzip(codec) => codec.get_pin_mut(),
            #[cfg(feature = "compression-deflate")]
            ArmProjection::Deflate(codec) => codec.get_pin_mut(),
            #[cfg(feature = "compression-brotli")]
            ArmProjection::Brotli(codec) => codec.as_deref_mut().get_pin_mut(),
            #[cfg(feature = "compression-zstd")]
            ArmProjection::Zstd(codec) => codec.get_pin_mut(),
        }
    }

    /// The stream below, unless all is over. What the codec has read of it and nobody has read here is lost.
    pub fn into_inner(self) -> Option<S>
    where
        S: Unpin,
    {
        match self.arm {
            Arm::Identity(stream) => Some(stream),
            #[cfg(feature = "compression-gzip")]
            Arm::Gzip(codec) => codec.into_inner(),
            #[cfg(feature = "compression-deflate")]
            Arm::Deflate(codec) => codec.into_inner(),
            #[cfg(feature = "compression-brotli")]
            Arm::Brotli(codec) => Pin::into_inner(codec).into_inner(),
            #[cfg(feature = "compression-zstd")]
            Arm::Zstd(codec) => codec.into_inner(),
        }
    }
}

#[cfg(feature = "time")]
impl<S: ByteStream> Compress<Coalesce<S>> {
    /// Encodes `stream` in pieces of at least `bytes`, but holds none of it back for longer than `latency`.
    ///
    /// Whenever the stream below is `Pending` an encoder flushes, which makes its output on a slow stream up to twice as large.
    /// With 16 to 64 KiB that is undone. [`Encoding::Identity`] holds nothing back.
    ///
    /// # Errors
    ///
    /// [`EncodingError::Unsupported`], of kind `Unsupported`, if the feature for this coding is off.
    ///
    /// # Panics
    ///
    /// If `bytes` is 0. When it is read, where it has to wait outside of a tokio runtime whose timer is enabled.
    ///
    /// # Examples
    ///
    /// ```
    /// # #[cfg(feature = "compression-gzip")]
    /// # #[tokio::main(flavor = "current_thread", start_paused = true)]
    /// # async fn main() -> std::io::Result<()> {
    /// use byte_stream::codec::{Compress, Encoding, Level};
    /// use byte_stream::{ByteStreamExt, FromStream};
    /// use futures_util::{StreamExt, stream};
    /// use std::time::Duration;
    ///
    /// let events = || {
    ///     FromStream::new(Box::pin(stream::iter(0..100).then(|_| async {
    ///         tokio::time::sleep(Duration::from_millis(1)).await;
    ///         "the same event as ever"
    ///     })))
    /// };
    /// let flushed = Compress::new(events(), Encoding::Gzip)?;
    /// let latency = Duration::from_millis(50);
    /// let filled = Compress::with_minimum_fill(events(), Encoding::Gzip, Level::Default, 16 * 1024, latency)?;
    /// assert!(filled.collect_bytes().await?.len() * 5 < flushed.collect_bytes().await?.len());
    /// # Ok(())
    /// # }
    /// # #[cfg(not(feature = "compression-gzip"))]
    /// # fn main() {}
    /// ```
    #[cfg_attr(docsrs, doc(cfg(feature = "time")))]
    pub fn with_minimum_fill(
        stream: S,
        encoding: Encoding,
        level: Level,
        bytes: usize,
        latency: Duration,
    ) -> io::Result<Self> {
        let filled = match encoding {
            // Every chunk is as large as that, and passes.
            Encoding::Identity => Coalesce::with_window(stream, 1),
            _ => Coalesce::with_window(stream, bytes).wait_at_most(latency),
        };
        Self::with_level(filled, encoding, level)
    }
}

impl<S> fmt::Debug for Compress<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let encoding = match self.arm {
            Arm::Identity(_) => Encoding::Identity,
            #[cfg(feature = "compression-gzip")]
            Arm::Gzip(_) => Encoding::Gzip,
            #[cfg(feature = "compression-deflate")]
            Arm::Deflate(_) => Encoding::Deflate,
            #[cfg(feature = "compression-brotli")]
            Arm::Brotli(_) => Encoding::Brotli,
            #[cfg(feature = "compression-zstd")]
            Arm::Zstd(_) => Encoding::Zstd,
        };
        f.debug_struct("Compress").field("encoding", &encoding).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bytes::Bytes;

    #[test]
    fn what_is_not_built_in_is_unsupported_and_what_is_is_not() {
        for coding in [Encoding::Identity, Encoding::Gzip, Encoding::Deflate, Encoding::Brotli, Encoding::Zstd] {
            let compress = Compress::new(Bytes::from_static(b"hello"), coding).map(drop);
            let decompress = crate::codec::Decompress::new(Bytes::from_static(b"hello"), coding).map(drop);
            for made in [compress, decompress] {
                match made {
                    Ok(()) => assert!(coding.is_supported() && Encoding::SUPPORTED.contains(&coding)),
                    Err(error) => {
                        assert!(!coding.is_supported() && !Encoding::SUPPORTED.contains(&coding));
                        assert_eq!(error.kind(), io::ErrorKind::Unsupported);
                        assert_eq!(crate::error::find(&error), Some(&EncodingError::Unsupported(coding)));
                    }
                }
            }
        }
    }
}
