//! What happens to a foreign error before it enters.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::{fmt, io};

use futures_core::Stream;
use pin_project_lite::pin_project;

use crate::error::{BoxError, carry, carry_as};

pin_project! {
    /// A foreign source whose errors get their kind from a function: see [`FromStream::with_kind`](super::FromStream::with_kind).
    #[must_use = "a stream does nothing unless it is read"]
    pub struct WithKind<S, F> {
        #[pin]
        source: S,
        kind: F,
    }
}

pin_project! {
    /// A foreign source whose errors are replaced: see [`FromStream::map_error`](super::FromStream::map_error).
    #[must_use = "a stream does nothing unless it is read"]
    pub struct MapError<S, F> {
        #[pin]
        source: S,
        map: F,
    }
}

impl<S, F> WithKind<S, F> {
    pub(super) fn new(source: S, kind: F) -> Self {
        WithKind { source, kind }
    }

    /// The foreign source.
    pub fn into_inner(self) -> S {
        self.source
    }
}

impl<S, F> MapError<S, F> {
    pub(super) fn new(source: S, map: F) -> Self {
        MapError { source, map }
    }

    /// The foreign source.
    pub fn into_inner(self) -> S {
        self.source
    }
}

impl<S, B, E, F> Stream for WithKind<S, F>
where
    S: Stream<Item = Result<B, E>>,
    E: Into<BoxError>,
    F: FnMut(&E) -> io::ErrorKind,
{
    type Item = io::Result<B>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.project();
        this.source.poll_next(cx).map_err(|error| carry_as((this.kind)(&error), error))
    }
}

impl<S, B, E, F, T> Stream for MapError<S, F>
where
    S: Stream<Item = Result<B, E>>,
    F: FnMut(E) -> T,
    T: Into<BoxError>,
{
    type Item = io::Result<B>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.project();
        this.source.poll_next(cx).map_err(|error| carry((this.map)(error)))
    }
}

#[cfg(feature = "http-body")]
mod body {
    use super::{BoxError, Context, MapError, Pin, Poll, WithKind, carry, carry_as, io};
    use http_body::{Body, Frame, SizeHint};

    impl<B, F> Body for WithKind<B, F>
    where
        B: Body,
        B::Error: Into<BoxError>,
        F: FnMut(&B::Error) -> io::ErrorKind,
    {
        type Data = B::Data;
        type Error = io::Error;

        fn poll_frame(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<io::Result<Frame<B::Data>>>> {
            let this = self.project();
            this.source.poll_frame(cx).map_err(|error| carry_as((this.kind)(&error), error))
        }

        fn is_end_stream(&self) -> bool {
            self.source.is_end_stream()
        }

        fn size_hint(&self) -> SizeHint {
            self.source.size_hint()
        }
    }

    impl<B, F, T> Body for MapError<B, F>
    where
        B: Body,
        F: FnMut(B::Error) -> T,
        T: Into<BoxError>,
    {
        type Data = B::Data;
        type Error = io::Error;

        fn poll_frame(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<io::Result<Frame<B::Data>>>> {
            let this = self.project();
            this.source.poll_frame(cx).map_err(|error| carry((this.map)(error)))
        }

        fn is_end_stream(&self) -> bool {
            self.source.is_end_stream()
        }

        fn size_hint(&self) -> SizeHint {
            self.source.size_hint()
        }
    }
}

impl<S, F> fmt::Debug for WithKind<S, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WithKind").finish_non_exhaustive()
    }
}

impl<S, F> fmt::Debug for MapError<S, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MapError").finish_non_exhaustive()
    }
}
