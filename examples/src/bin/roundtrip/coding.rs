//! Bytes that are compressed only sometimes: the codings that the program speaks.

use std::io;

use byte_stream::ByteStream;
use byte_stream::adapter::Coalesce;
use byte_stream::codec::{Compress, Decompress, Encoding, Level};

pub(crate) const ALL: [Encoding; 3] = [Encoding::Identity, Encoding::Zstd, Encoding::Gzip];

/// A stream on its way to the wire.
pub(crate) fn encoded<S: ByteStream>(plain: S, coding: Encoding) -> io::Result<Compress<S>> {
    let level = if coding == Encoding::Gzip { Level::Fastest } else { Level::Default };
    Compress::with_level(plain, coding, level)
}

/// A stream from the wire on its way to a file. Each write goes to another thread and back, which is worth a large piece.
pub(crate) fn decoded<S: ByteStream>(wire: S, coding: Encoding) -> io::Result<Coalesce<Decompress<S>>> {
    const PIECE: usize = 512 * 1024;
    Ok(Coalesce::with_window(Decompress::new(wire, coding)?, PIECE).wait_until_full())
}

/// What the coding is called in the table.
pub(crate) fn title(coding: Encoding) -> &'static str {
    if coding == Encoding::Identity { "plain" } else { coding.name() }
}
