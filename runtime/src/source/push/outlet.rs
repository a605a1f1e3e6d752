//! The end of a pipe that is read.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use bytes::Bytes;

use super::pipe::{Pipe, Taken};
use crate::Trailers;
use crate::source::chunked::Chunks;

/// Lets go of the pipe at its end.
pub(super) struct Outlet {
    pipe: Option<Arc<Pipe>>,
    trailers: Option<Trailers>,
}

impl Outlet {
    pub(super) fn new(pipe: Arc<Pipe>) -> Self {
        Outlet { pipe: Some(pipe), trailers: None }
    }

    /// The pipe, before its end.
    pub(super) fn pipe(&self) -> Option<&Pipe> {
        self.pipe.as_deref()
    }

    fn end(&mut self, trailers: Option<Trailers>) {
        self.close();
        self.trailers = trailers;
    }

    fn close(&mut self) {
        if let Some(pipe) = self.pipe.take() {
            pipe.close();
        }
    }
}

impl Drop for Outlet {
    fn drop(&mut self) {
        self.close();
    }
}

impl Chunks for Outlet {
    type Item = io::Result<Bytes>;

    fn poll_next_chunk(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Some(pipe) = &self.pipe else {
            return Poll::Ready(None);
        };
        Poll::Ready(match ready!(pipe.poll_take(cx)) {
            Taken::Chunk(chunk) => Some(Ok(chunk)),
            Taken::Last(chunk, trailers) => {
                self.end(trailers);
                Some(Ok(chunk))
            }
            Taken::End(end) => {
                let (trailers, error) = end.map_or_else(|error| (None, Some(Err(error))), |trailers| (trailers, None));
                self.end(trailers);
                error
            }
        })
    }

    fn bytes_left(&self) -> (u64, Option<u64>) {
        self.pipe().map_or((0, Some(0)), Pipe::bytes_left)
    }

    fn is_at_end(&self) -> bool {
        self.pipe.is_none()
    }

    fn trailers(self: Pin<&mut Self>) -> Option<&mut Option<Trailers>> {
        Some(&mut self.get_mut().trailers)
    }

    fn has_trailers(&self) -> bool {
        self.trailers.is_some()
    }
}
