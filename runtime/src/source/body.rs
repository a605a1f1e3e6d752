//! A foreign `http_body::Body` as a source.

use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::{fmt, io};

use bytes::{Buf, Bytes};
use http_body::Body;
use pin_project_lite::pin_project;

use super::Parts;
use super::announced::Announced;
use super::chunked::{Chunked, Chunks};
use super::entry::{MapError, WithKind};
use crate::Trailers;
use crate::error::{BoxError, carry};

/// A [`ByteStream`](crate::ByteStream) over a foreign `http_body::Body`: a request's, a response's, or one made by hand.
///
/// Its inverse is the `Body` view, which every `ByteStream` has under the feature `http-body`. Data of type `Bytes` passes
/// through with its pointer; other data is copied into one chunk a frame. Errors enter as [`carry`](crate::error::carry)
/// says.
///
/// Trailers are merged wherever they come, and wait until the bytes have ended. A frame of a kind that this crate does not
/// know is skipped.
///
/// The length is what the body announced when it was wrapped, and is held to: a body that ends earlier fails with
/// [`LengthError::TooShort`](crate::error::LengthError::TooShort), one that goes on fails with
/// [`LengthError::TooLong`](crate::error::LengthError::TooLong) before the excess is handed out.
///
/// # Cancel safety
///
/// A chunk that has come is kept until it is read, whichever view reads it.
///
/// # Examples
///
/// ```
/// use byte_stream::{ByteStream, ByteStreamExt, FromBody};
/// use bytes::Bytes;
/// use http_body_util::Full;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> std::io::Result<()> {
/// let body = FromBody::new(Full::<Bytes>::from("hello"));
/// assert_eq!(body.bytes_left(), (5, Some(5)));
/// assert_eq!(body.collect_bytes().await?, "hello");
/// # Ok(())
/// # }
/// ```
#[derive(crate::ByteStream)]
#[byte_stream(crate = crate, project, bound(B: Body, B::Error: Into<BoxError>))]
#[must_use = "a stream does nothing unless it is read"]
pub struct FromBody<B> {
    core: Chunked<Frames<B>>,
}

pin_project! {
    struct Frames<B> {
        #[pin]
        body: B,
        left: Announced,
        trailers: Option<Trailers>,
    }
}

impl<B> Chunks for Frames<B>
where
    B: Body,
    B::Error: Into<BoxError>,
{
    type Item = io::Result<Bytes>;

    #[inline]
    fn poll_next_chunk(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> {
        let this = self.project();
        let frame = match ready!(this.body.poll_frame(cx)) {
            Some(Ok(frame)) => frame,
            Some(Err(error)) => return Poll::Ready(Some(Err(carry(error)))),
            None => return Poll::Ready(this.left.end().err().map(|error| Err(error.into()))),
        };
        let frame = match frame.into_data() {
            Ok(mut data) => {
                let chunk = data.copy_to_bytes(data.remaining());
                let counted = this.left.count(chunk.len());
                return Poll::Ready(Some(counted.map(|()| chunk).map_err(io::Error::from)));
            }
            Err(other) => other,
        };
        if let Ok(fields) = frame.into_trailers() {
            this.trailers.get_or_insert_default().merge(fields);
        }
        // No data: like an empty chunk, which says nothing about the end.
        Poll::Ready(Some(Ok(Bytes::new())))
    }

    fn bytes_left(&self) -> (u64, Option<u64>) {
        self.left.bytes_left()
    }

    fn is_at_end(&self) -> bool {
        self.left.is_kept() && self.body.is_end_stream()
    }

    fn trailers(self: Pin<&mut Self>) -> Option<&mut Option<Trailers>> {
        Some(self.project().trailers)
    }

    fn has_trailers(&self) -> bool {
        self.trailers.is_some()
    }
}

impl<B> FromBody<B>
where
    B: Body,
    B::Error: Into<BoxError>,
{
    /// Wraps a body.
    pub fn new(body: B) -> Self {
        let hint = body.size_hint();
        let left = Announced::between(hint.lower(), hint.upper());
        FromBody { core: Chunked::new(Frames { body, left, trailers: None }) }
    }
}

impl<B> FromBody<B> {
    /// Lets `kind` say of what kind the body's errors are. The error itself stays the payload.
    pub fn with_kind<F>(self, kind: F) -> FromBody<WithKind<B, F>>
    where
        B: Body,
        F: FnMut(&B::Error) -> io::ErrorKind,
    {
        self.map(|body| WithKind::new(body, kind))
    }

    /// Replaces the body's errors whole.
    pub fn map_error<F, T>(self, map: F) -> FromBody<MapError<B, F>>
    where
        B: Body,
        F: FnMut(B::Error) -> T,
        T: Into<BoxError>,
    {
        self.map(|body| MapError::new(body, map))
    }

    fn map<C>(self, f: impl FnOnce(B) -> C) -> FromBody<C> {
        FromBody { core: self.core.map(|Frames { body, left, trailers }| Frames { body: f(body), left, trailers }) }
    }

    /// The body. It may be ahead of what has been read.
    pub fn get_ref(&self) -> &B {
        &self.core.get_ref().body
    }

    /// The body. What is taken from it here is missing from this one.
    pub fn get_mut(&mut self) -> &mut B {
        &mut self.core.get_mut().body
    }

    /// The body, pinned.
    pub fn get_pin_mut(self: Pin<&mut Self>) -> Pin<&mut B> {
        self.project().core.get_pin_mut().project().body
    }

    /// The body. The unread rest of a chunk is lost; [`into_parts`](Self::into_parts) keeps it.
    pub fn into_inner(self) -> B {
        self.into_parts().source
    }

    /// The body, and what it has handed over and nobody has read.
    pub fn into_parts(self) -> Parts<B> {
        let mut parts = self.core.into_parts();
        parts.trailers = parts.source.trailers.take();
        parts.map_source(|frames| frames.body)
    }
}

impl<B> From<B> for FromBody<B>
where
    B: Body,
    B::Error: Into<BoxError>,
{
    fn from(body: B) -> Self {
        Self::new(body)
    }
}

impl<B> fmt::Debug for FromBody<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FromBody").finish_non_exhaustive()
    }
}
