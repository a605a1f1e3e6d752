//! How much time compression may take.

/// How hard an encoder tries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Level {
    /// As fast as it still makes sense.
    Fastest,
    /// The coding's own default; for brotli, whose own is far too slow for a stream that somebody waits for, quality 4.
    #[default]
    Default,
    /// As small as possible.
    Best,
    /// In the coding's own terms; what is out of its range is taken for the end of the range.
    Precise(i32),
}

#[cfg(any(
    feature = "compression-brotli",
    feature = "compression-deflate",
    feature = "compression-gzip",
    feature = "compression-zstd"
))]
impl From<Level> for async_compression::Level {
    fn from(level: Level) -> Self {
        match level {
            Level::Fastest => async_compression::Level::Fastest,
            Level::Default => async_compression::Level::Default,
            Level::Best => async_compression::Level::Best,
            Level::Precise(level) => async_compression::Level::Precise(level),
        }
    }
}
