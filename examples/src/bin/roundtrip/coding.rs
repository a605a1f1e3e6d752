//! Bytes that are compressed only sometimes: the types that the whole program is made of.

use std::fmt;

use async_compression::tokio::bufread::{GzipDecoder, GzipEncoder, ZstdDecoder, ZstdEncoder};
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
            Coding::Zstd => Encoded::Zstd(ZstdEncoder::new(plain).into()),
            Coding::Gzip => Encoded::Gzip(GzipEncoder::new(plain).into()),
        }
    }
}

impl<S: AsyncBufRead> Decoded<S> {
    pub(crate) fn new(coding: Coding, wire: S) -> Self {
        match coding {
            Coding::Identity => Decoded::Identity(wire),
            Coding::Zstd => Decoded::Zstd(ZstdDecoder::new(wire).into()),
            Coding::Gzip => Decoded::Gzip(GzipDecoder::new(wire).into()),
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
