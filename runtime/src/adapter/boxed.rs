//! Streams of a type that nobody names.

use std::fmt;
use std::pin::Pin;

use super::SyncByteStream;
use crate::ByteStream;

/// A stream in a box: `Send`, and `Sync` without losing its length or state. It has every view.
///
/// [`ByteStreamExt::into_box`](crate::ByteStreamExt::into_box) makes one too.
///
/// # Examples
///
/// ```
/// use byte_stream::{BoxByteStream, ByteStream, FromIter};
///
/// fn body(known: bool) -> BoxByteStream<'static> {
///     if known { BoxByteStream::new(&b"hello"[..]) } else { BoxByteStream::new(FromIter::new(["hello"])) }
/// }
///
/// assert_eq!(body(true).bytes_left(), (5, Some(5)));
/// assert_eq!(body(false).bytes_left(), (0, None));
/// ```
#[derive(crate::ByteStream)]
#[byte_stream(crate = crate)]
#[must_use = "a stream does nothing unless it is read"]
pub struct BoxByteStream<'a> {
    stream: Pin<Box<dyn ByteStream + Send + Sync + 'a>>,
}

/// A stream in a box that stays on its thread. It has every view.
///
/// [`ByteStreamExt::into_local_box`](crate::ByteStreamExt::into_local_box) makes one too.
#[derive(crate::ByteStream)]
#[byte_stream(crate = crate)]
#[must_use = "a stream does nothing unless it is read"]
pub struct LocalBoxByteStream<'a> {
    stream: Pin<Box<dyn ByteStream + 'a>>,
}

impl<'a> BoxByteStream<'a> {
    /// Boxes a stream.
    pub fn new(stream: impl ByteStream + Send + 'a) -> Self {
        BoxByteStream { stream: Box::pin(SyncByteStream::new(stream)) }
    }
}

impl<'a> LocalBoxByteStream<'a> {
    /// Boxes a stream.
    pub fn new(stream: impl ByteStream + 'a) -> Self {
        LocalBoxByteStream { stream: Box::pin(stream) }
    }
}

impl fmt::Debug for BoxByteStream<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BoxByteStream").finish_non_exhaustive()
    }
}

impl fmt::Debug for LocalBoxByteStream<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LocalBoxByteStream").finish_non_exhaustive()
    }
}
