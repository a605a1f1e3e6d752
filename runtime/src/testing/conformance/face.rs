//! The ways that a stream has, behind one pointer; and one function for each world that has some.

use std::io;
#[cfg(feature = "futures-io")]
use std::io::IoSliceMut;
use std::pin::Pin;
use std::task::{Context, Poll};

#[cfg(feature = "http-body")]
use bytes::Buf;
use bytes::Bytes;
use futures_core::Stream;
#[cfg(feature = "http-body")]
use http_body::Body;
use tokio::io::ReadBuf;

use super::call::Way;
#[cfg(feature = "http-body")]
use crate::error::{BoxError, carry};
use crate::source::StreamItem;
use crate::{State, Trailers};

/// What a stream says of itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Says {
    pub(super) state: Option<State>,
    /// Bytes still to come: the core's word, and the body's.
    pub(super) left: Option<(u64, Option<u64>)>,
    pub(super) body_left: Option<(u64, Option<u64>)>,
    pub(super) is_end_stream: Option<bool>,
    /// Items still to come.
    pub(super) items: Option<(usize, Option<usize>)>,
    pub(super) is_terminated: Option<bool>,
}

/// What a call for an item brings.
#[derive(Debug)]
pub(super) enum Item {
    Chunk(Bytes),
    #[cfg(feature = "http-body")]
    Trailers(Trailers),
    End,
    Error(io::Error),
}

impl Item {
    pub(super) fn of(item: Option<io::Result<Bytes>>) -> Self {
        match item {
            Some(Ok(chunk)) => Item::Chunk(chunk),
            Some(Err(error)) => Item::Error(error),
            None => Item::End,
        }
    }
}

/// The ways that a stream has, behind one pointer. A way that is not among [`ways`](Self::ways) is not asked for.
pub(super) trait Face {
    fn ways(&self) -> Vec<Way>;

    fn says(&self) -> Says;

    /// Whether it may be asked after its end.
    fn remembers_its_end(&self) -> bool {
        false
    }

    fn poll_item(self: Pin<&mut Self>, way: Way, cx: &mut Context<'_>, max: usize) -> Poll<Item> {
        let _ = (cx, max);
        no(way)
    }

    fn poll_lend(self: Pin<&mut Self>, way: Way, cx: &mut Context<'_>) -> Poll<io::Result<&[u8]>> {
        let _ = cx;
        no(way)
    }

    fn consume(self: Pin<&mut Self>, way: Way, n: usize) {
        let _ = n;
        no::<()>(way);
    }

    fn poll_read(self: Pin<&mut Self>, way: Way, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let _ = (cx, buf);
        no(way)
    }

    fn poll_trailers(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<io::Result<Trailers>>> {
        let _ = cx;
        Poll::Ready(None)
    }
}

pub(super) fn no<T>(way: Way) -> T {
    unreachable!("{way:?} is none of its ways")
}

pub(super) fn poll_stream<S>(stream: Pin<&mut S>, cx: &mut Context<'_>) -> Poll<Item>
where
    S: Stream,
    S::Item: StreamItem,
{
    stream.poll_next(cx).map(|item| Item::of(item.map(StreamItem::into_chunk)))
}

#[cfg(feature = "futures-io")]
pub(super) fn poll_futures_read<R: futures_io::AsyncRead>(
    reader: Pin<&mut R>,
    way: Way,
    cx: &mut Context<'_>,
    buf: &mut ReadBuf<'_>,
) -> Poll<io::Result<()>> {
    let unfilled = buf.initialize_unfilled();
    let polled = if way == Way::FuturesReadVectored {
        let (first, second) = unfilled.split_at_mut(unfilled.len().div_ceil(2));
        reader.poll_read_vectored(cx, &mut [IoSliceMut::new(first), IoSliceMut::new(&mut []), IoSliceMut::new(second)])
    } else {
        reader.poll_read(cx, unfilled)
    };
    polled.map_ok(|n| buf.advance(n))
}

#[cfg(feature = "http-body")]
pub(super) fn body_left(body: &impl Body) -> (u64, Option<u64>) {
    let hint = body.size_hint();
    (hint.lower(), hint.upper())
}

#[cfg(feature = "http-body")]
pub(super) fn poll_body<B>(body: Pin<&mut B>, cx: &mut Context<'_>) -> Poll<Item>
where
    B: Body,
    B::Error: Into<BoxError>,
{
    body.poll_frame(cx).map(|frame| match frame {
        None => Item::End,
        Some(Err(error)) => Item::Error(carry(error)),
        Some(Ok(frame)) => match frame.into_data() {
            Ok(mut data) => Item::Chunk(data.copy_to_bytes(data.remaining())),
            Err(frame) => Item::Trailers(frame.into_trailers().map(Trailers::from).unwrap_or_default()),
        },
    })
}
