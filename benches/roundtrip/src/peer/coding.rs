//! Bytes that are compressed only sometimes: the codings that the program speaks.

use std::pin::Pin;

use async_compression::Level;
use async_compression::tokio::bufread::{GzipDecoder, GzipEncoder, ZstdDecoder, ZstdEncoder};
use async_compression::zstd::CParameter;
use tokio::io::{AsyncBufRead, AsyncRead, BufReader};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Coding {
    Identity,
    Zstd,
    Gzip,
}

pub(crate) const ALL: [Coding; 3] = [Coding::Identity, Coding::Zstd, Coding::Gzip];

impl Coding {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Coding::Identity => "identity",
            Coding::Zstd => "zstd",
            Coding::Gzip => "gzip",
        }
    }

    pub(crate) fn from_name(name: &str) -> Option<Coding> {
        ALL.into_iter().find(|coding| coding.name() == name)
    }
}

/// A reader on its way to the wire.
pub(crate) fn encoded(
    plain: impl AsyncRead + Send + 'static,
    coding: Coding,
    capacity: usize,
) -> Pin<Box<dyn AsyncRead + Send>> {
    let buffered = |plain| BufReader::with_capacity(capacity, plain);
    match coding {
        Coding::Identity => Box::pin(plain),
        Coding::Zstd => {
            let checksum = [CParameter::checksum_flag(true)];
            Box::pin(ZstdEncoder::with_quality_and_params(buffered(plain), Level::Default, &checksum))
        }
        Coding::Gzip => Box::pin(GzipEncoder::with_quality(buffered(plain), Level::Fastest)),
    }
}

/// A reader of what came over the wire.
pub(crate) fn decoded(
    wire: impl AsyncBufRead + Send + 'static,
    coding: Coding,
    capacity: usize,
) -> Pin<Box<dyn AsyncBufRead + Send>> {
    match coding {
        Coding::Identity => Box::pin(wire),
        Coding::Zstd => Box::pin(BufReader::with_capacity(capacity, ZstdDecoder::new(wire))),
        Coding::Gzip => Box::pin(BufReader::with_capacity(capacity, GzipDecoder::new(wire))),
    }
}
