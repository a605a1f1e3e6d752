//! Knows the runtime only by what another crate re-exports, and is of an older edition than the macros.
#![deny(warnings, rust_2018_idioms)]

use std::io;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};

use facade::re_exported::{ByteStream, ByteStreamViews, FromBufRead, State, StreamError, StreamLiteral, stream};

/// What the sources hide names a lifetime and a type, which an older edition would not capture.
#[derive(ByteStream)]
#[byte_stream(crate = facade::re_exported, project = PartProjection, error = Failure, only(stream, tokio))]
pub enum Part<'a, S> {
    Borrowed(FromBufRead<&'a [u8]>),
    Both {
        #[byte_stream(source)]
        head: S,
        #[byte_stream(source)]
        tail: Option<&'a mut StreamLiteral<1>>,
        seen: usize,
    },
}

impl<'a, S> Part<'a, S> {
    pub fn look(self: Pin<&mut Self>) -> usize {
        match self.project() {
            PartProjection::Borrowed(_) => 0,
            PartProjection::Both { seen, .. } => {
                *seen += 1;
                *seen
            }
        }
    }
}

#[derive(ByteStreamViews)]
#[byte_stream(crate = facade::re_exported)]
pub struct Nothing<T>(pub PhantomData<T>);

impl<T> ByteStream for Nothing<T> {
    fn poll_chunk(self: Pin<&mut Self>, _: &mut Context<'_>, _: usize) -> Poll<Option<io::Result<facade::Bytes>>> {
        Poll::Ready(None)
    }

    fn poll_peek(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<&[u8]>> {
        Poll::Ready(Ok(&[]))
    }

    fn consume_peeked(self: Pin<&mut Self>, _: usize) {}

    fn state(&self) -> State {
        State::Ended
    }

    fn bytes_left(&self) -> (u64, Option<u64>) {
        (0, Some(0))
    }
}

#[derive(Debug, StreamError)]
#[stream_error(crate = facade::re_exported)]
pub enum Failure {
    #[stream_error(kind = TimedOut)]
    Slow,
    #[stream_error(other)]
    Other(io::Error),
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("failure")
    }
}

impl std::error::Error for Failure {}

pub fn greeting() -> impl ByteStream {
    Part::Both { head: stream![b"hello", error(TimedOut)], tail: None, seen: 0 }
}
