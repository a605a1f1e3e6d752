//! Foreign types, each with the views of its world.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
#[cfg(feature = "http-body")]
use http_body::Body;
use pin_project_lite::pin_project;
use tokio::io::{AsyncBufRead, AsyncRead, ReadBuf};

use super::call::Way;
#[cfg(feature = "futures-io")]
use super::face::poll_futures_read;
use super::face::{Face, Item, Says, poll_stream};
#[cfg(feature = "http-body")]
use super::face::{body_left, poll_body};
#[cfg(feature = "http-body")]
use crate::error::BoxError;
use crate::source::StreamItem;

pin_project! {
    pub(super) struct OnlyStream<S> {
        #[pin]
        pub(super) stream: S,
    }
}

pin_project! {
    pub(super) struct OnlyTokioRead<R> {
        #[pin]
        pub(super) reader: R,
    }
}

pin_project! {
    pub(super) struct OnlyTokioBufRead<R> {
        #[pin]
        pub(super) reader: R,
    }
}

#[cfg(feature = "futures-io")]
pin_project! {
    pub(super) struct OnlyFuturesRead<R> {
        #[pin]
        pub(super) reader: R,
    }
}

#[cfg(feature = "futures-io")]
pin_project! {
    pub(super) struct OnlyFuturesBufRead<R> {
        #[pin]
        pub(super) reader: R,
    }
}

#[cfg(feature = "http-body")]
pin_project! {
    pub(super) struct OnlyBody<B> {
        #[pin]
        pub(super) body: B,
    }
}

impl<S> Face for OnlyStream<S>
where
    S: Stream,
    S::Item: StreamItem,
{
    fn ways(&self) -> Vec<Way> {
        vec![Way::Stream]
    }

    fn says(&self) -> Says {
        Says { items: Some(self.stream.size_hint()), ..Says::default() }
    }

    fn poll_item(self: Pin<&mut Self>, _way: Way, cx: &mut Context<'_>, _max: usize) -> Poll<Item> {
        poll_stream(self.project().stream, cx)
    }
}

impl<R: AsyncRead> Face for OnlyTokioRead<R> {
    fn ways(&self) -> Vec<Way> {
        vec![Way::TokioRead]
    }

    fn says(&self) -> Says {
        Says::default()
    }

    fn poll_read(self: Pin<&mut Self>, _way: Way, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        self.project().reader.poll_read(cx, buf)
    }
}

impl<R: AsyncBufRead> Face for OnlyTokioBufRead<R> {
    fn ways(&self) -> Vec<Way> {
        vec![Way::TokioRead, Way::TokioBufRead]
    }

    fn says(&self) -> Says {
        Says::default()
    }

    fn poll_lend(self: Pin<&mut Self>, _way: Way, cx: &mut Context<'_>) -> Poll<io::Result<&[u8]>> {
        self.project().reader.poll_fill_buf(cx)
    }

    fn consume(self: Pin<&mut Self>, _way: Way, n: usize) {
        self.project().reader.consume(n);
    }

    fn poll_read(self: Pin<&mut Self>, _way: Way, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        self.project().reader.poll_read(cx, buf)
    }
}

#[cfg(feature = "futures-io")]
impl<R: futures_io::AsyncRead> Face for OnlyFuturesRead<R> {
    fn ways(&self) -> Vec<Way> {
        vec![Way::FuturesRead, Way::FuturesReadVectored]
    }

    fn says(&self) -> Says {
        Says::default()
    }

    fn poll_read(self: Pin<&mut Self>, way: Way, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        poll_futures_read(self.project().reader, way, cx, buf)
    }
}

#[cfg(feature = "futures-io")]
impl<R: futures_io::AsyncBufRead> Face for OnlyFuturesBufRead<R> {
    fn ways(&self) -> Vec<Way> {
        vec![Way::FuturesRead, Way::FuturesReadVectored, Way::FuturesBufRead]
    }

    fn says(&self) -> Says {
        Says::default()
    }

    fn poll_lend(self: Pin<&mut Self>, _way: Way, cx: &mut Context<'_>) -> Poll<io::Result<&[u8]>> {
        self.project().reader.poll_fill_buf(cx)
    }

    fn consume(self: Pin<&mut Self>, _way: Way, n: usize) {
        self.project().reader.consume(n);
    }

    fn poll_read(self: Pin<&mut Self>, way: Way, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        poll_futures_read(self.project().reader, way, cx, buf)
    }
}

#[cfg(feature = "http-body")]
impl<B> Face for OnlyBody<B>
where
    B: Body,
    B::Error: Into<BoxError>,
{
    fn ways(&self) -> Vec<Way> {
        vec![Way::Body]
    }

    fn says(&self) -> Says {
        let is_end_stream = Some(self.body.is_end_stream());
        Says { body_left: Some(body_left(&self.body)), is_end_stream, ..Says::default() }
    }

    fn poll_item(self: Pin<&mut Self>, _way: Way, cx: &mut Context<'_>, _max: usize) -> Poll<Item> {
        poll_body(self.project().body, cx)
    }
}
