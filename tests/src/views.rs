//! Every view as a way to get at the bytes, one call at a time.

use std::io::{self, IoSliceMut};
use std::pin::Pin;
use std::task::{Context, Poll};

use byte_stream::error;
use http::HeaderMap;
use tokio::io::ReadBuf;

use crate::script::Failure;
use crate::sources::AllViews;

/// A way to get at the bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Through {
    /// `poll_chunk`, with the size as `max`.
    Chunk,
    /// `poll_peek`, of which at most the size is consumed.
    Peek,
    /// `poll_read_into`.
    ReadInto,
    /// `Stream`, which has no size.
    Stream,
    /// tokio's `AsyncRead`.
    TokioRead,
    /// tokio's `AsyncBufRead`.
    TokioBufRead,
    /// futures' `AsyncRead`.
    FuturesRead,
    /// futures' `AsyncRead` into several buffers, of which one has no room.
    Vectored,
    /// futures' `AsyncBufRead`.
    FuturesBufRead,
    /// `Body`, which has no size.
    Body,
}

/// What one call brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Got {
    /// Bytes, or an empty chunk where none may be.
    Bytes(Vec<u8>),
    /// The trailers, as a frame.
    Trailers(HeaderMap),
    /// The end.
    End,
    /// An error.
    Error(Failure),
}

impl Through {
    /// All of them.
    pub const ALL: [Through; 10] = [
        Through::Chunk,
        Through::Peek,
        Through::ReadInto,
        Through::Stream,
        Through::TokioRead,
        Through::TokioBufRead,
        Through::FuturesRead,
        Through::Vectored,
        Through::FuturesBufRead,
        Through::Body,
    ];

    /// Whether a size means something to it.
    #[must_use]
    pub fn has_size(self) -> bool {
        !matches!(self, Through::Stream | Through::Body)
    }

    /// One call.
    ///
    /// # Panics
    ///
    /// If a call that returned an error has delivered bytes as well, or more came than there was room for.
    pub fn poll_get(self, mut source: Pin<&mut dyn AllViews>, cx: &mut Context<'_>, size: usize) -> Poll<Got> {
        match self {
            Through::Chunk => source.poll_chunk(cx, size).map(|item| got_item(item, size)),
            Through::Stream => source.poll_next(cx).map(|item| got_item(item, usize::MAX)),
            Through::Peek => {
                let polled = source.as_mut().poll_peek(cx);
                polled.map(|lent| got_lent(lent, size)).map(|got| consumed(got, |n| source.consume_peeked(n)))
            }
            Through::TokioBufRead => {
                let polled =
                    tokio::io::AsyncBufRead::poll_fill_buf(source.as_mut(), cx).map(|lent| got_lent(lent, size));
                polled.map(|got| consumed(got, |n| tokio::io::AsyncBufRead::consume(source, n)))
            }
            Through::FuturesBufRead => {
                let polled =
                    futures_util::io::AsyncBufRead::poll_fill_buf(source.as_mut(), cx).map(|lent| got_lent(lent, size));
                polled.map(|got| consumed(got, |n| futures_util::io::AsyncBufRead::consume(source, n)))
            }
            Through::ReadInto => read(size, |buf| source.poll_read_into(cx, buf)),
            Through::TokioRead => read(size, |buf| tokio::io::AsyncRead::poll_read(source, cx, buf)),
            Through::FuturesRead => {
                let mut buf = vec![0; size];
                let polled = futures_util::io::AsyncRead::poll_read(source, cx, &mut buf);
                polled.map(|n| got_read(n.map(|n| buf[..n].to_vec())))
            }
            Through::Vectored => {
                let (mut first, mut second) = (vec![0; size.div_ceil(2)], vec![0; size]);
                let mut bufs = [IoSliceMut::new(&mut first), IoSliceMut::new(&mut []), IoSliceMut::new(&mut second)];
                let polled = futures_util::io::AsyncRead::poll_read_vectored(source, cx, &mut bufs);
                polled.map(|n| got_read(n.map(|n| [first, second].concat()[..n].to_vec())))
            }
            Through::Body => source.poll_frame(cx).map(|frame| match frame.transpose() {
                Ok(None) => Got::End,
                Ok(Some(frame)) => match frame.into_data() {
                    Ok(data) => Got::Bytes(data.to_vec()),
                    Err(frame) => Got::Trailers(frame.into_trailers().expect("a frame is data or trailers")),
                },
                // The view took the carrier off.
                Err(error) => got_error(&error::carry(error)),
            }),
        }
    }
}

fn got_error(error: &io::Error) -> Got {
    Got::Error(Failure::from(error))
}

fn got_item(item: Option<io::Result<bytes::Bytes>>, max: usize) -> Got {
    match item {
        None => Got::End,
        Some(Ok(chunk)) => {
            assert!(chunk.len() <= max, "a chunk of {} bytes came where at most {max} were asked for", chunk.len());
            Got::Bytes(chunk.to_vec())
        }
        Some(Err(error)) => got_error(&error),
    }
}

/// With room left, no bytes are the end.
fn got_read(bytes: io::Result<Vec<u8>>) -> Got {
    match bytes {
        Ok(bytes) if bytes.is_empty() => Got::End,
        Ok(bytes) => Got::Bytes(bytes),
        Err(error) => got_error(&error),
    }
}

fn got_lent(lent: io::Result<&[u8]>, size: usize) -> Got {
    got_read(lent.map(|lent| lent[..lent.len().min(size)].to_vec()))
}

fn consumed(got: Got, consume: impl FnOnce(usize)) -> Got {
    if let Got::Bytes(bytes) = &got {
        consume(bytes.len());
    }
    got
}

fn read(size: usize, poll: impl FnOnce(&mut ReadBuf<'_>) -> Poll<io::Result<()>>) -> Poll<Got> {
    let mut memory = vec![0; size];
    let mut buf = ReadBuf::new(&mut memory);
    let polled = poll(&mut buf);
    if !matches!(polled, Poll::Ready(Ok(()))) {
        assert!(buf.filled().is_empty(), "a call delivered bytes and returned {polled:?}");
    }
    polled.map(|done| got_read(done.map(|()| buf.filled().to_vec())))
}
