//! What has come of a stream, in memory.

use std::io;

use bytes::Bytes;

/// The most memory that is taken on the word of a stream which says how long it is.
const TRUSTED: u64 = 64 * 1024 * 1024;

/// Nothing, a single chunk as it is, or several in one `Vec`.
#[derive(Default)]
pub(super) enum Came {
    #[default]
    Nothing,
    One(Bytes),
    More(Vec<u8>),
}

impl Came {
    pub(super) fn len(&self) -> usize {
        match self {
            Came::Nothing => 0,
            Came::One(chunk) => chunk.len(),
            Came::More(bytes) => bytes.len(),
        }
    }

    /// Adds a chunk. `left` says how many bytes the stream has after it, and is asked when memory is taken.
    pub(super) fn push(&mut self, chunk: Bytes, left: impl FnOnce() -> (u64, Option<u64>)) -> io::Result<()> {
        match self {
            Came::Nothing => *self = Came::One(chunk),
            Came::One(first) => {
                let came = first.len().saturating_add(chunk.len());
                let more = match left() {
                    // As much again, as a `Vec` grows: to make room for the next chunk only then would copy these two once more.
                    (0, None) => came,
                    (least, _) => usize::try_from(least.min(TRUSTED)).unwrap_or(0),
                };
                let mut bytes = Vec::new();
                bytes.try_reserve_exact(came.saturating_add(more))?;
                bytes.extend_from_slice(first);
                bytes.extend_from_slice(&chunk);
                *self = Came::More(bytes);
            }
            Came::More(bytes) => {
                bytes.try_reserve(chunk.len())?;
                bytes.extend_from_slice(&chunk);
            }
        }
        Ok(())
    }

    pub(super) fn into_bytes(self) -> Bytes {
        match self {
            Came::Nothing => Bytes::new(),
            Came::One(chunk) => chunk,
            Came::More(bytes) => bytes.into(),
        }
    }

    /// A chunk that nobody else holds becomes the `Vec` it was, without a copy.
    pub(super) fn into_vec(self) -> Vec<u8> {
        match self {
            Came::Nothing => Vec::new(),
            Came::One(chunk) => chunk.into(),
            Came::More(bytes) => bytes,
        }
    }
}
