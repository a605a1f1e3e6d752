//! Reading everything into memory.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::{fmt, io};

use bytes::Bytes;
use pin_project_lite::pin_project;

use crate::ByteStream;
use crate::error::LengthError;

/// The most memory that is taken on the word of a stream which says how long it is.
const TRUSTED: u64 = 64 * 1024 * 1024;

pin_project! {
    /// Reads, and gives what came: a single chunk as it is, several in one `Vec`.
    struct Collect<S> {
        #[pin]
        stream: S,
        limit: u64,
        came: Came,
    }
}

enum Came {
    Nothing,
    One(Bytes),
    More(Vec<u8>),
}

impl Came {
    fn len(&self) -> usize {
        match self {
            Came::Nothing => 0,
            Came::One(chunk) => chunk.len(),
            Came::More(bytes) => bytes.len(),
        }
    }

    /// Adds a chunk, after which the stream has at least `left` bytes more.
    fn push(&mut self, chunk: Bytes, left: u64) -> io::Result<()> {
        match self {
            Came::Nothing => *self = Came::One(chunk),
            Came::One(first) => {
                let trusted = usize::try_from(left.min(TRUSTED)).unwrap_or(0);
                let mut bytes = Vec::new();
                bytes.try_reserve_exact(first.len().saturating_add(chunk.len()).saturating_add(trusted))?;
                bytes.extend_from_slice(first);
                bytes.extend_from_slice(&chunk);
                *self = Came::More(bytes);
            }
            Came::More(bytes) => {
                bytes.try_reserve(chunk.len())?;
                bytes.extend_from_slice(&chunk);
            }
        }
        Ok(())
    }
}

impl<S: ByteStream> Collect<S> {
    fn new(stream: S, limit: u64) -> Self {
        Collect { stream, limit, came: Came::Nothing }
    }

    fn poll_all(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<Came>> {
        let mut this = self.project();
        let limit = *this.limit;
        let too_long = || Poll::Ready(Err(LengthError::TooLong { limit }.into()));
        loop {
            let room = limit - this.came.len() as u64;
            if this.stream.bytes_left().0 > room {
                return too_long();
            }
            match ready!(this.stream.as_mut().poll_chunk(cx, usize::MAX)) {
                None => {
                    let came = std::mem::replace(this.came, Came::Nothing);
                    return Poll::Ready(super::failed_before(&*this.stream).map_or(Ok(came), Err));
                }
                Some(chunk) => {
                    let chunk = chunk?;
                    if chunk.len() as u64 > room {
                        return too_long();
                    }
                    this.came.push(chunk, this.stream.bytes_left().0)?;
                }
            }
        }
    }
}

macro_rules! collector {
    ($(#[$doc:meta])* $future:ident, $output:ty, $finish:expr) => {
        pin_project! {
            $(#[$doc])*
            #[must_use = "a future does nothing unless it is awaited"]
            pub struct $future<S> {
                #[pin]
                collect: Collect<S>,
            }
        }

        impl<S: ByteStream> $future<S> {
            pub(super) fn new(stream: S, limit: u64) -> Self {
                $future { collect: Collect::new(stream, limit) }
            }
        }

        impl<S: ByteStream> Future for $future<S> {
            type Output = io::Result<$output>;

            fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
                let came = ready!(self.project().collect.poll_all(cx))?;
                let finish: fn(Came) -> io::Result<$output> = $finish;
                Poll::Ready(finish(came))
            }
        }

        impl<S> fmt::Debug for $future<S> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($future)).finish_non_exhaustive()
            }
        }
    };
}

collector! {
    /// The future of [`ByteStreamExt::collect_bytes`](crate::ByteStreamExt::collect_bytes).
    CollectBytes, Bytes, |came| Ok(match came {
        Came::Nothing => Bytes::new(),
        Came::One(chunk) => chunk,
        Came::More(bytes) => bytes.into(),
    })
}

collector! {
    /// The future of [`ByteStreamExt::collect_vec`](crate::ByteStreamExt::collect_vec).
    CollectVec, Vec<u8>, |came| Ok(into_vec(came))
}

collector! {
    /// The future of [`ByteStreamExt::collect_string`](crate::ByteStreamExt::collect_string).
    CollectString, String, |came| {
        String::from_utf8(into_vec(came)).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))
    }
}

/// A chunk that nobody else holds becomes the `Vec` it was, without a copy.
fn into_vec(came: Came) -> Vec<u8> {
    match came {
        Came::Nothing => Vec::new(),
        Came::One(chunk) => chunk.into(),
        Came::More(bytes) => bytes,
    }
}
