//! A stream with every view.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::{FusedStream, Stream};
#[cfg(feature = "http-body")]
use http_body::Body;
use pin_project_lite::pin_project;
use tokio::io::{AsyncBufRead, AsyncRead, ReadBuf};

use super::call::Way;
#[cfg(feature = "futures-io")]
use super::face::poll_futures_read;
use super::face::{Face, Item, Says, no, poll_stream};
#[cfg(feature = "http-body")]
use super::face::{body_left, poll_body};
#[cfg(feature = "http-body")]
use crate::error::BoxError;
use crate::source::StreamItem;
use crate::{ByteStream, Trailers};

macro_rules! all_views {
    ($(#[$cfg:meta] [$($bounds:tt)*])*) => {$(
        /// A type with every view of the features that are on.
        #[$cfg]
        pub trait AllViews: ByteStream + FusedStream<Item: StreamItem> + AsyncBufRead $($bounds)* {}

        #[$cfg]
        impl<S> AllViews for S where S: ByteStream + FusedStream<Item: StreamItem> + AsyncBufRead $($bounds)* {}
    )*};
}

all_views! {
    #[cfg(all(feature = "http-body", feature = "futures-io"))]
    [+ Body<Error: Into<BoxError>> + futures_io::AsyncBufRead]
    #[cfg(all(feature = "http-body", not(feature = "futures-io")))]
    [+ Body<Error: Into<BoxError>>]
    #[cfg(all(not(feature = "http-body"), feature = "futures-io"))]
    [+ futures_io::AsyncBufRead]
    #[cfg(not(any(feature = "http-body", feature = "futures-io")))]
    []
}

pin_project! {
    pub(super) struct Whole<S> {
        #[pin]
        pub(super) stream: S,
    }
}

impl<S: AllViews> Face for Whole<S> {
    fn ways(&self) -> Vec<Way> {
        vec![
            Way::Chunk,
            Way::Peek,
            Way::ReadInto,
            Way::Stream,
            Way::TokioRead,
            Way::TokioBufRead,
            #[cfg(feature = "futures-io")]
            Way::FuturesRead,
            #[cfg(feature = "futures-io")]
            Way::FuturesReadVectored,
            #[cfg(feature = "futures-io")]
            Way::FuturesBufRead,
            #[cfg(feature = "http-body")]
            Way::Body,
        ]
    }

    fn says(&self) -> Says {
        let says = Says {
            state: Some(self.stream.state()),
            left: Some(self.stream.bytes_left()),
            items: Some(Stream::size_hint(&self.stream)),
            is_terminated: Some(self.stream.is_terminated()),
            ..Says::default()
        };
        #[cfg(feature = "http-body")]
        let says =
            Says { body_left: Some(body_left(&self.stream)), is_end_stream: Some(self.stream.is_end_stream()), ..says };
        says
    }

    fn remembers_its_end(&self) -> bool {
        true
    }

    fn poll_item(self: Pin<&mut Self>, way: Way, cx: &mut Context<'_>, max: usize) -> Poll<Item> {
        let stream = self.project().stream;
        match way {
            Way::Chunk => stream.poll_chunk(cx, max).map(Item::of),
            Way::Stream => poll_stream(stream, cx),
            #[cfg(feature = "http-body")]
            Way::Body => poll_body(stream, cx),
            way => no(way),
        }
    }

    fn poll_lend(self: Pin<&mut Self>, way: Way, cx: &mut Context<'_>) -> Poll<io::Result<&[u8]>> {
        let stream = self.project().stream;
        match way {
            Way::Peek => stream.poll_peek(cx),
            Way::TokioBufRead => AsyncBufRead::poll_fill_buf(stream, cx),
            #[cfg(feature = "futures-io")]
            Way::FuturesBufRead => futures_io::AsyncBufRead::poll_fill_buf(stream, cx),
            way => no(way),
        }
    }

    fn consume(self: Pin<&mut Self>, way: Way, n: usize) {
        let stream = self.project().stream;
        match way {
            Way::Peek => stream.consume_peeked(n),
            Way::TokioBufRead => AsyncBufRead::consume(stream, n),
            #[cfg(feature = "futures-io")]
            Way::FuturesBufRead => futures_io::AsyncBufRead::consume(stream, n),
            way => no(way),
        }
    }

    fn poll_read(self: Pin<&mut Self>, way: Way, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let stream = self.project().stream;
        match way {
            Way::ReadInto => stream.poll_read_into(cx, buf),
            Way::TokioRead => AsyncRead::poll_read(stream, cx, buf),
            #[cfg(feature = "futures-io")]
            way => poll_futures_read(stream, way, cx, buf),
            #[cfg(not(feature = "futures-io"))]
            way => no(way),
        }
    }

    fn poll_trailers(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<io::Result<Trailers>>> {
        self.project().stream.poll_trailers(cx)
    }
}
