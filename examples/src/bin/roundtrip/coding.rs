//! Bytes that are compressed only sometimes: the codings that the program speaks.

use std::io;

use byte_stream::ByteStream;
use byte_stream::codec::{Compress, Encoding, Level};

pub(crate) const ALL: [Encoding; 3] = [Encoding::Identity, Encoding::Zstd, Encoding::Gzip];

/// A stream on its way to the wire.
pub(crate) fn encoded<S: ByteStream>(plain: S, coding: Encoding) -> io::Result<Compress<S>> {
    let level = if coding == Encoding::Gzip { Level::Fastest } else { Level::Default };
    Compress::with_level(plain, coding, level)
}

/// What the coding is called in the table.
pub(crate) fn title(coding: Encoding) -> &'static str {
    if coding == Encoding::Identity { "plain" } else { coding.name() }
}
