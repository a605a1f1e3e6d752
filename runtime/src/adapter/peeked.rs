//! A stream whose start has been looked at.

use std::fmt;

use bytes::Bytes;

/// A stream whose first bytes have been read, and come again: see
/// [`ByteStreamExt::peek_bytes`](crate::ByteStreamExt::peek_bytes).
///
/// The length, the errors and the trailers are those of the stream.
#[derive(crate::ByteStream)]
#[byte_stream(crate = crate)]
#[must_use = "a stream does nothing unless it is read"]
pub struct Peeked<S> {
    #[byte_stream(source)]
    head: Bytes,
    #[byte_stream(source)]
    tail: S,
}

impl<S> Peeked<S> {
    pub(crate) fn new(head: Bytes, tail: S) -> Self {
        Peeked { head, tail }
    }

    /// What is left of the first bytes.
    pub fn head(&self) -> &Bytes {
        &self.head
    }

    /// The stream, which begins after [`head`](Self::head).
    pub fn get_ref(&self) -> &S {
        &self.tail
    }

    /// What is left of the first bytes, and the stream, which begins after them.
    pub fn into_parts(self) -> (Bytes, S) {
        (self.head, self.tail)
    }
}

impl<S> fmt::Debug for Peeked<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Peeked").field("head", &self.head).finish_non_exhaustive()
    }
}
