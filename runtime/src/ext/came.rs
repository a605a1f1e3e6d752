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

    /// Adds a chunk, after which the stream has at least `left` bytes more.
    pub(super) fn push(&mut self, chunk: Bytes, left: u64) -> io::Result<()> {
        match self {
            Came::Nothing => *self = Came::One(chunk),
            Came::One(first) => {
                let trusted = usize::try_from(left.min(TRUSTED)).unwrap_or(0);
                let mut bytes = Vec::new();
                bytes.try_reserve_exact(first.len().saturating_add(chunk.len()).saturating_add(trusted))?;
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
