//! A stream out of a content coding that is known at run time.

use std::pin::Pin;
use std::{fmt, io};

#[cfg(feature = "compression-brotli")]
use async_compression::tokio::bufread::BrotliDecoder;
#[cfg(feature = "compression-gzip")]
use async_compression::tokio::bufread::GzipDecoder;
#[cfg(feature = "compression-deflate")]
use async_compression::tokio::bufread::ZlibDecoder;
#[cfg(feature = "compression-zstd")]
use async_compression::{tokio::bufread::ZstdDecoder, zstd::DParameter};

#[cfg(any(
    feature = "compression-brotli",
    feature = "compression-deflate",
    feature = "compression-gzip",
    feature = "compression-zstd"
))]
use super::{Codec, Input};
use super::{Encoding, EncodingError, Limits};
use crate::ByteStream;
use crate::adapter::LengthGuard;

/// A stream on its way in, out of a content coding that is known at run time.
///
/// Its inverse is [`Compress`](super::Compress). [`Encoding::Identity`] hands the chunks on as they are, with length and all; the
/// others are a [`Codec`](super::Codec), and what is said there of trailers, errors and the end holds. There is no box.
///
/// Several gzip members (RFC 1952, section 2.2) or zstd frames one after another are one stream. Other bytes behind the end are an error. A
/// stream without any byte is empty in every coding: so is the body of a response to HEAD.
///
/// A decoder needs at most 8 MiB for the window of zstd, as RFC 9659 bounds it for HTTP, and 16 MiB for that of brotli: a frame
/// that asks for more is an error. How much comes *out* has no bound unless there are [limits](Self::with_limits).
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
/// # #[cfg(feature = "compression-gzip")]
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> std::io::Result<()> {
/// use byte_stream::codec::{Compress, Decompress, Encoding, LimitError, Limits};
/// use byte_stream::{ByteStreamExt, error};
/// use bytes::Bytes;
///
/// let bomb = Compress::new(Bytes::from(vec![0; 1 << 20]), Encoding::Gzip)?;
/// let body = Decompress::new(bomb, Encoding::Gzip)?.with_limits(Limits::none().max_bytes(1 << 16));
/// let error = body.collect_bytes().await.unwrap_err();
/// assert_eq!(error::find(&error), Some(&LimitError::TooLong { limit: 1 << 16 }));
/// # Ok(())
/// # }
/// # #[cfg(not(feature = "compression-gzip"))]
/// # fn main() {}
/// ```
#[derive(crate::ByteStream)]
#[byte_stream(crate = crate, project, bound(S: ByteStream))]
#[must_use = "a stream does nothing unless it is read"]
pub struct Decompress<S> {
    arm: Arm<S>,
}

#[derive(crate::ByteStream)]
#[byte_stream(crate = crate, project = ArmProjection, bound(S: ByteStream))]
#[allow(clippy::large_enum_variant, reason = "a third of a KiB beside the stream is less than a box costs")]
enum Arm<S> {
    Identity(Plain<S>),
    #[cfg(feature = "compression-gzip")]
    Gzip(Codec<GzipDecoder<Input<S>>>),
    #[cfg(feature = "compression-deflate")]
    Deflate(Codec<ZlibDecoder<Input<S>>>),
    #[cfg(feature = "compression-brotli")]
    Brotli(Codec<BrotliDecoder<Input<S>>>),
    #[cfg(feature = "compression-zstd")]
    Zstd(Codec<ZstdDecoder<Input<S>>>),
}

/// Matches on an enum with a variant for each coding: the plain one, and those with a codec in them.
macro_rules! each_coding {
    ($value:expr, $enum:ident, $plain:ident => $as_it_is:expr, $codec:ident => $coded:expr) => {
        match $value {
            $enum::Identity($plain) => $as_it_is,
            #[cfg(feature = "compression-gzip")]
            $enum::Gzip($codec) => $coded,
            #[cfg(feature = "compression-deflate")]
            $enum::Deflate($codec) => $coded,
            #[cfg(feature = "compression-brotli")]
            $enum::Brotli($codec) => $coded,
            #[cfg(feature = "compression-zstd")]
            $enum::Zstd($codec) => $coded,
        }
    };
}

/// What is not compressed.
#[derive(crate::ByteStream)]
#[byte_stream(crate = crate, project = PlainProjection, bound(S: ByteStream))]
enum Plain<S> {
    Free(S),
    Guarded(LengthGuard<S>),
}

impl<S> Plain<S> {
    fn get_ref(&self) -> &S {
        match self {
            Plain::Free(stream) => stream,
            Plain::Guarded(guard) => guard.get_ref(),
        }
    }

    fn get_mut(&mut self) -> &mut S {
        match self {
            Plain::Free(stream) => stream,
            Plain::Guarded(guard) => guard.get_mut(),
        }
    }

    fn get_pin_mut(self: Pin<&mut Self>) -> Pin<&mut S>
    where
        S: ByteStream,
    {
        match self.project() {
            PlainProjection::Free(stream) => stream,
            PlainProjection::Guarded(guard) => guard.get_pin_mut(),
        }
    }

    fn into_inner(self) -> S {
        match self {
            Plain::Free(stream) => stream,
            Plain::Guarded(guard) => guard.into_inner(),
        }
    }
}

impl<S: ByteStream> Decompress<S> {
    /// Decodes `stream`.
    ///
    /// # Errors
    ///
    /// [`EncodingError::Unsupported`], of kind `Unsupported`, if the feature for this coding is off.
    pub fn new(stream: S, encoding: Encoding) -> io::Result<Self> {
        let arm = match encoding {
            Encoding::Identity => Arm::Identity(Plain::Free(stream)),
            #[cfg(feature = "compression-gzip")]
            Encoding::Gzip => Arm::Gzip(
                Codec::new(stream, |input| {
                    let mut decoder = GzipDecoder::new(input);
                    decoder.multiple_members(true);
                    decoder
                })
                .accept_empty(),
            ),
            #[cfg(feature = "compression-deflate")]
            Encoding::Deflate => Arm::Deflate(Codec::new(stream, ZlibDecoder::new).accept_empty()),
            #[cfg(feature = "compression-brotli")]
            Encoding::Brotli => {
                let input = Input::new(stream).looked_at(refuse_large_window);
                Arm::Brotli(Codec::over(input, BrotliDecoder::new).accept_empty())
            }
            #[cfg(feature = "compression-zstd")]
            Encoding::Zstd => {
                const WINDOW_LOG: u32 = 23;
                Arm::Zstd(
                    Codec::new(stream, |input| {
                        let mut decoder = ZstdDecoder::with_params(input, &[DParameter::window_log_max(WINDOW_LOG)]);
                        decoder.multiple_members(true);
                        decoder
                    })
                    .accept_empty(),
                )
            }
            #[allow(unreachable_patterns, reason = "with all features there is no other")]
            other => return Err(EncodingError::Unsupported(other).into()),
        };
        Ok(Decompress { arm })
    }

    /// Fails the stream once more comes out than `limits` allow, with a [`LimitError`](super::LimitError).
    ///
    /// What is not compressed may have so many bytes, too: beyond them there is a
    /// [`LengthError::TooLong`](crate::error::LengthError::TooLong).
    pub fn with_limits(self, limits: Limits) -> Self {
        let arm = match self.arm {
            Arm::Identity(plain) => Arm::Identity(match (plain.into_inner(), limits.bytes()) {
                (stream, Some(most)) => Plain::Guarded(LengthGuard::new(stream, ..=most)),
                (stream, None) => Plain::Free(stream),
            }),
            #[cfg(feature = "compression-gzip")]
            Arm::Gzip(codec) => Arm::Gzip(codec.with_limits(limits)),
            #[cfg(feature = "compression-deflate")]
            Arm::Deflate(codec) => Arm::Deflate(codec.with_limits(limits)),
            #[cfg(feature = "compression-brotli")]
            Arm::Brotli(codec) => Arm::Brotli(codec.with_limits(limits)),
            #[cfg(feature = "compression-zstd")]
            Arm::Zstd(codec) => Arm::Zstd(codec.with_limits(limits)),
        };
        Decompress { arm }
    }

    /// The stream below, which may have been read further than this. `None` once all is over, unless it is handed on as it is.
    pub fn get_ref(&self) -> Option<&S> {
        each_coding!(&self.arm, Arm, plain => Some(plain.get_ref()), codec => codec.get_ref())
    }

    /// The stream below. What is taken from it here is missing from this one.
    pub fn get_mut(&mut self) -> Option<&mut S> {
        each_coding!(&mut self.arm, Arm, plain => Some(plain.get_mut()), codec => codec.get_mut())
    }

    /// The stream below, pinned. What is taken from it here is missing from this one.
    pub fn get_pin_mut(self: Pin<&mut Self>) -> Option<Pin<&mut S>> {
        let arm = self.project().arm.project();
        each_coding!(arm, ArmProjection, plain => Some(plain.get_pin_mut()), codec => codec.get_pin_mut())
    }

    /// The stream below, unless all is over. What the codec has read of it and nobody has read here is lost.
    pub fn into_inner(self) -> Option<S> {
        each_coding!(self.arm, Arm, plain => Some(plain.into_inner()), codec => codec.into_inner())
    }
}

/// Brotli with a "large window" of up to 1 GiB is another format (RFC 9841) than `br`, in which a first byte like this is invalid.
#[cfg(feature = "compression-brotli")]
fn refuse_large_window(first: u8) -> io::Result<()> {
    const LARGE_WINDOW: u8 = 0b001_0001;
    if first & 0b111_1111 == LARGE_WINDOW {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "the window of the brotli stream is too large"));
    }
    Ok(())
}

impl<S> fmt::Debug for Decompress<S> {
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
        f.debug_struct("Decompress").field("encoding", &encoding).finish_non_exhaustive()
    }
}
