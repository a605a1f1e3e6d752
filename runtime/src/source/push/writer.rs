//! A future that writes as a source.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::{fmt, io};

use bytes::Bytes;
use pin_project_lite::pin_project;

use super::outlet::Outlet;
use super::pipe::Pipe;
use super::queue::Queue;
use super::{BLOCK, ByteSender};
use crate::Trailers;
use crate::error::{BoxError, carry};
use crate::source::TRUSTED;
use crate::source::chunked::{Chunked, Chunks};

/// A [`ByteStream`](crate::ByteStream) of what a future writes: for code that wants a writer where a reader wants a stream.
///
/// The future is made from its writer, a [`ByteSender`], and lives in the adapter. It needs no task: it is polled when
/// somebody reads, and waits while a block that it has written has not been read. A block holds 64 KiB unless
/// [`with_chunk_size`](Self::with_chunk_size) says otherwise. Small writes are gathered until the block is full or the future
/// waits for something, and chunks that it [sends](ByteSender::send) come out as they are.
///
/// The end of the future is the end of the stream, whatever has become of the writer. What was written and not flushed is a part of
/// it; who writes later, having moved the writer elsewhere, gets `BrokenPipe`. The length is unknown until then. When the stream is
/// dropped so is the future, and it is not polled after its end.
///
/// # Errors
///
/// The error of the future comes after all that it has written, and enters as [`carry`](crate::error::carry) says; so does
/// what it [failed](ByteSender::fail) its writer with, if it ends well.
///
/// # Cancel safety
///
/// The future stays where it is when a read is dropped.
///
/// # Examples
///
/// ```
/// use byte_stream::{ByteSender, ByteStreamExt, FromWriter};
/// use tokio::io::AsyncWriteExt;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> std::io::Result<()> {
/// let table = FromWriter::new(|mut writer: ByteSender| async move {
///     for n in 0..3 {
///         writer.write_all(format!("{n},{}\n", n * n).as_bytes()).await?;
///     }
///     std::io::Result::Ok(())
/// });
/// assert_eq!(Box::pin(table).collect_string().await?, "0,0\n1,1\n2,4\n");
/// # Ok(())
/// # }
/// ```
#[derive(crate::ByteStream)]
#[byte_stream(crate = crate, bound(F: Future, F::Output: WriterOutput))]
#[must_use = "a stream does nothing unless it is read"]
pub struct FromWriter<F> {
    core: Chunked<Writing<F>>,
}

pin_project! {
    struct Writing<F> {
        // Dropped first: then nobody is woken by the writer that is dropped with the future.
        outlet: Outlet,
        #[pin]
        future: Option<F>,
    }
}

/// What the future of a [`FromWriter`] ends with.
///
/// It is a `Result<(), E>` with an error that boxes, or a `Result<Trailers, E>` if there are trailers. The trait is sealed.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not what a future that writes ends with",
    label = "not a `Result<(), E>`, nor a `Result<Trailers, E>`",
    note = "the error is any `E: Into<Box<dyn Error + Send + Sync>>`; end an `async` block with `std::io::Result::Ok(())`"
)]
pub trait WriterOutput: sealed::Sealed {
    #[doc(hidden)]
    fn into_end(self) -> io::Result<Option<Trailers>>;
}

mod sealed {
    pub trait Sealed {}
}

impl<T, E> sealed::Sealed for Result<T, E> {}

impl<E: Into<BoxError>> WriterOutput for Result<(), E> {
    fn into_end(self) -> io::Result<Option<Trailers>> {
        self.map(|()| None).map_err(carry)
    }
}

impl<E: Into<BoxError>> WriterOutput for Result<Trailers, E> {
    fn into_end(self) -> io::Result<Option<Trailers>> {
        self.map(Some).map_err(carry)
    }
}

impl<F> FromWriter<F>
where
    F: Future,
    F::Output: WriterOutput,
{
    /// Streams what the future that `write` makes writes.
    pub fn new(write: impl FnOnce(ByteSender) -> F) -> Self {
        Self::with_chunk_size(write, BLOCK)
    }

    /// Streams what the future that `write` makes writes, in chunks of at most `chunk_size` bytes.
    ///
    /// So much is written before it is read. A chunk that is sent may be larger.
    ///
    /// # Panics
    ///
    /// If `chunk_size` is 0.
    pub fn with_chunk_size(write: impl FnOnce(ByteSender) -> F, chunk_size: usize) -> Self {
        assert!(chunk_size > 0, "a chunk size of 0 bytes was asked for: there is no empty chunk");
        let pipe = Arc::new(Pipe::new(Queue::new(chunk_size, chunk_size.min(TRUSTED)), true));
        let outlet = Outlet::new(Arc::clone(&pipe));
        let future = Some(write(ByteSender::new(pipe)));
        FromWriter { core: Chunked::new(Writing { outlet, future }) }
    }
}

impl<F> Chunks for Writing<F>
where
    F: Future,
    F::Output: WriterOutput,
{
    type Item = io::Result<Bytes>;

    fn poll_next_chunk(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let mut this = self.project();
        if let (Some(pipe), Some(future)) = (this.outlet.pipe(), this.future.as_mut().as_pin_mut()) {
            if let Some(turn) = pipe.begin_turn() {
                match future.poll(cx) {
                    Poll::Pending => pipe.end_turn(&turn, cx),
                    Poll::Ready(output) => {
                        // Before its end is told: the writer that is dropped with it has nothing to say.
                        this.future.set(None);
                        pipe.end_future(output.into_end());
                    }
                }
            }
        }
        Pin::new(this.outlet).poll_next_chunk(cx)
    }

    fn bytes_left(&self) -> (u64, Option<u64>) {
        self.outlet.bytes_left()
    }

    fn is_at_end(&self) -> bool {
        self.outlet.is_at_end()
    }

    fn trailers(self: Pin<&mut Self>) -> Option<&mut Option<Trailers>> {
        Pin::new(self.project().outlet).trailers()
    }

    fn has_trailers(&self) -> bool {
        self.outlet.has_trailers()
    }
}

impl<W, F> From<W> for FromWriter<F>
where
    W: FnOnce(ByteSender) -> F,
    F: Future,
    F::Output: WriterOutput,
{
    fn from(write: W) -> Self {
        Self::new(write)
    }
}

impl<F> fmt::Debug for FromWriter<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FromWriter").finish_non_exhaustive()
    }
}
