//! Bytes that are compressed only sometimes: the types that the whole program is made of.

use std::fmt;

use async_compression::Level;
use async_compression::tokio::bufread::{GzipDecoder, GzipEncoder, ZstdDecoder, ZstdEncoder};
use async_compression::zstd::CParameter;
use byte_stream::{ByteStream, FromRead};
use tokio::io::AsyncBufRead;

/// A stream on its way to the wire.
#[derive(ByteStream)]
pub(crate) enum Encoded<S> {
    Identity(S),
    Zstd(FromRead<ZstdEncoder<S>>),
    Gzip(FromRead<GzipEncoder<S>>),
}

/// A stream that comes from the wire.
#[derive(ByteStream)]
pub(crate) enum Decoded<S> {
    Identity(S),
    Zstd(FromRead<ZstdDecoder<S>>),
    Gzip(FromRead<GzipDecoder<S>>),
}

impl<S: AsyncBufRead> Encoded<S> {
    pub(crate) fn new(coding: Coding, plain: S) -> Self {
        match coding {
            Coding::Identity => Encoded::Identity(plain),
            Coding::Zstd => {
                // Without a checksum zstd takes damaged bytes for good ones.
                let checksum = [CParameter::checksum_flag(true)];
                Encoded::Zstd(ZstdEncoder::with_quality_and_params(plain, Level::Default, &checksum).into())
            }
            Coding::Gzip => Encoded::Gzip(GzipEncoder::with_quality(plain, Level::Fastest).into()),
        }
    }
}

impl<S: AsyncBufRead> Decoded<S> {
    /// The decoders go on to the end of the wire, where a single frame would be enough for them: a message that breaks off behind
    /// a whole frame is seen to be broken.
    pub(crate) fn new(coding: Coding, wire: S) -> Self {
        match coding {
            Coding::Identity => Decoded::Identity(wire),
            Coding::Zstd => {
                let mut decoder = ZstdDecoder::new(wire);
                decoder.multiple_members(true);
                Decoded::Zstd(decoder.into())
            }
            Coding::Gzip => {
                let mut decoder = GzipDecoder::new(wire);
                decoder.multiple_members(true);
                Decoded::Gzip(decoder.into())
            }
        }
    }
}

/// A content coding, by its name in HTTP.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Coding {
    Identity,
    Zstd,
    Gzip,
}

impl Coding {
    pub(crate) const ALL: [Coding; 3] = [Coding::Identity, Coding::Zstd, Coding::Gzip];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Coding::Identity => "identity",
            Coding::Zstd => "zstd",
            Coding::Gzip => "gzip",
        }
    }

    pub(crate) fn by_name(name: &str) -> Option<Self> {
        Coding::ALL.into_iter().find(|coding| coding.name() == name)
    }
}

impl fmt::Display for Coding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Coding::Identity => "plain",
            coded => coded.name(),
        })
    }
}
