//! What is examined: a stream behind the views that it has.

use std::fmt;
use std::pin::Pin;

use futures_core::Stream;
#[cfg(feature = "http-body")]
use http_body::Body;
use tokio::io::{AsyncBufRead, AsyncRead};

use super::face::Face;
#[cfg(feature = "http-body")]
use super::foreign::OnlyBody;
#[cfg(feature = "futures-io")]
use super::foreign::{OnlyFuturesBufRead, OnlyFuturesRead};
use super::foreign::{OnlyStream, OnlyTokioBufRead, OnlyTokioRead};
use super::whole::{AllViews, Whole};
#[cfg(feature = "http-body")]
use crate::error::BoxError;
use crate::source::StreamItem;
use crate::{ByteStream, View};

/// A stream to be examined: any [`ByteStream`], through every view; or a foreign type, through what it is.
///
/// Every `ByteStream` turns into it. Its views are then those of a [`View`] around it, which call the same functions as
/// the ones that the derives write; [`with_own_views`](Self::with_own_views) takes its own.
#[must_use = "a subject does nothing unless it is examined"]
pub struct Subject<'a>(pub(super) Pin<Box<dyn Face + 'a>>);

impl<'a> Subject<'a> {
    fn new(face: impl Face + 'a) -> Self {
        Subject(Box::pin(face))
    }

    /// A type that has every view of the features that are on, through its own.
    pub fn with_own_views(stream: impl AllViews + 'a) -> Self {
        Self::new(Whole { stream })
    }

    /// A foreign `Stream` of chunks, or of results of chunks.
    pub fn stream<S>(stream: S) -> Self
    where
        S: Stream + 'a,
        S::Item: StreamItem,
    {
        Self::new(OnlyStream { stream })
    }

    /// A foreign tokio reader without a buffer.
    pub fn tokio_read(reader: impl AsyncRead + 'a) -> Self {
        Self::new(OnlyTokioRead { reader })
    }

    /// A foreign tokio reader with a buffer.
    pub fn tokio_buf_read(reader: impl AsyncBufRead + 'a) -> Self {
        Self::new(OnlyTokioBufRead { reader })
    }

    /// A foreign futures reader without a buffer.
    #[cfg(feature = "futures-io")]
    pub fn futures_read(reader: impl futures_io::AsyncRead + 'a) -> Self {
        Self::new(OnlyFuturesRead { reader })
    }

    /// A foreign futures reader with a buffer.
    #[cfg(feature = "futures-io")]
    pub fn futures_buf_read(reader: impl futures_io::AsyncBufRead + 'a) -> Self {
        Self::new(OnlyFuturesBufRead { reader })
    }

    /// A foreign body.
    #[cfg(feature = "http-body")]
    pub fn body<B>(body: B) -> Self
    where
        B: Body + 'a,
        B::Error: Into<BoxError>,
    {
        Self::new(OnlyBody { body })
    }
}

impl<'a, S: ByteStream + 'a> From<S> for Subject<'a> {
    fn from(stream: S) -> Self {
        Self::with_own_views(View::new(stream))
    }
}

impl fmt::Debug for Subject<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Subject").field(&self.0.ways()).finish()
    }
}
