//! Reading everything into memory.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::{fmt, io};

use bytes::Bytes;
use pin_project_lite::pin_project;

use super::came::Came;
use crate::ByteStream;
use crate::error::LengthError;

pin_project! {
    /// Reads, and gives what came: a single chunk as it is, several in one `Vec`.
    struct Collect<S> {
        #[pin]
        stream: S,
        limit: u64,
        came: Came,
    }
}

impl<S: ByteStream> Collect<S> {
    fn new(stream: S, limit: u64) -> Self {
        Collect { stream, limit, came: Came::default() }
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
                    let came = std::mem::take(this.came);
                    return Poll::Ready(super::failed_before(&*this.stream).map_or(Ok(came), Err));
                }
                Some(chunk) => {
                    let chunk = chunk?;
                    if chunk.len() as u64 > room {
                        return too_long();
                    }
                    this.came.push(chunk, || this.stream.bytes_left())?;
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
    CollectBytes, Bytes, |came| Ok(came.into_bytes())
}

collector! {
    /// The future of [`ByteStreamExt::collect_vec`](crate::ByteStreamExt::collect_vec).
    CollectVec, Vec<u8>, |came| Ok(came.into_vec())
}

collector! {
    /// The future of [`ByteStreamExt::collect_string`](crate::ByteStreamExt::collect_string).
    CollectString, String, |came| {
        String::from_utf8(came.into_vec()).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))
    }
}
