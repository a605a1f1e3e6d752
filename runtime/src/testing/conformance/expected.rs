//! What a stream should come to.

use std::io;

use bytes::Bytes;

use crate::Trailers;

/// What should come out of a stream: bytes, and what ends them.
///
/// Bytes of any type turn into it: what is expected then is that they come, and that the stream ends well.
///
/// # Examples
///
/// ```
/// use byte_stream::stream;
/// use byte_stream::testing::{Expected, conformance};
///
/// let broken = Expected::new("half of it").failing(std::io::ErrorKind::ConnectionReset);
/// conformance(|| stream!["half ", pending, "of it", error(ConnectionReset)], broken);
/// ```
#[derive(Clone, Debug)]
pub struct Expected {
    pub(super) bytes: Bytes,
    pub(super) failure: Option<io::ErrorKind>,
    pub(super) trailers: Option<Trailers>,
    pub(super) memory: Option<Vec<Bytes>>,
    pub(super) zeroes_nothing: bool,
    pub(super) block: usize,
}

impl Expected {
    /// These bytes, and a good end.
    pub fn new(bytes: impl Into<Bytes>) -> Self {
        const BLOCK: usize = 64 * 1024;
        let bytes = bytes.into();
        Expected { bytes, failure: None, trailers: None, memory: None, zeroes_nothing: false, block: BLOCK }
    }

    /// These chunks one after another, which must come from the very memory that they lie in.
    pub fn in_place(chunks: impl IntoIterator<Item = Bytes>) -> Self {
        let chunks: Vec<Bytes> = chunks.into_iter().collect();
        Expected { memory: Some(chunks.clone()), ..Self::new(chunks.concat()) }
    }

    /// An error of this kind in the place of the end.
    #[must_use]
    pub fn failing(self, kind: io::ErrorKind) -> Self {
        Expected { failure: Some(kind), ..self }
    }

    /// These trailers after the end.
    #[must_use]
    pub fn with_trailers(self, trailers: impl Into<Trailers>) -> Self {
        Expected { trailers: Some(trailers.into()), ..self }
    }

    /// Memory that is not initialised and that no byte is read into stays so: nothing is zeroed.
    #[must_use]
    pub fn zeroing_nothing(self) -> Self {
        Expected { zeroes_nothing: true, ..self }
    }

    /// While it is `Pending` it may hold so many bytes of its source, where a block of 64 KiB is allowed otherwise.
    #[must_use]
    pub fn holding_at_most(self, block: usize) -> Self {
        Expected { block, ..self }
    }

    /// Whether these bytes lie in the memory that was given.
    pub(super) fn owns(&self, bytes: &[u8]) -> bool {
        self.memory.as_ref().is_none_or(|chunks| {
            chunks.iter().any(|chunk| {
                let (ours, theirs) = (chunk.as_ptr_range(), bytes.as_ptr_range());
                ours.start <= theirs.start && theirs.end <= ours.end
            })
        })
    }
}

macro_rules! from_bytes {
    ($($bytes:ty),*) => {$(
        impl From<$bytes> for Expected {
            fn from(bytes: $bytes) -> Self {
                Expected::new(bytes)
            }
        }
    )*};
}

from_bytes!(Bytes, Vec<u8>, String, &'static [u8], &'static str);

impl<const N: usize> From<&'static [u8; N]> for Expected {
    fn from(bytes: &'static [u8; N]) -> Self {
        Expected::new(&bytes[..])
    }
}
