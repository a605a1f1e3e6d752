//! A channel for bytes.

use std::fmt;
use std::sync::Arc;

use super::outlet::Outlet;
use super::pipe::Pipe;
use super::queue::Queue;
use super::{BLOCK, ByteSender};
use crate::source::chunked::Chunked;

/// A channel for bytes, from one task to another: what the sender sends or writes, the receiver streams.
///
/// It holds `capacity` bytes that have not been read; who sends more waits until there is room. A chunk that is larger than that
/// is sent whole, when the channel is empty. It needs no runtime, and each end may be polled by any.
///
/// The stream ends where the sender says so: [`ByteSender::finish`] is its end, [`ByteSender::fail`] an error. A sender that
/// is dropped before that is an error too.
///
/// # Panics
///
/// If `capacity` is 0.
///
/// # Examples
///
/// ```
/// use byte_stream::ByteStreamExt;
/// use tokio::io::AsyncWriteExt;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> std::io::Result<()> {
/// let (mut sender, receiver) = byte_stream::channel(64 * 1024);
/// let sending = tokio::spawn(async move {
///     sender.send("hello, ").await?; // a chunk as it is
///     sender.write_all(b"world").await?; // or as a writer
///     sender.finish();
///     std::io::Result::Ok(())
/// });
/// assert_eq!(receiver.collect_bytes().await?, "hello, world");
/// sending.await??;
/// # Ok(())
/// # }
/// ```
pub fn channel(capacity: usize) -> (ByteSender, ByteReceiver) {
    assert!(capacity > 0, "a channel for 0 bytes was asked for: nothing could be written to it");
    let pipe = Arc::new(Pipe::new(Queue::new(capacity, capacity.min(BLOCK)), false));
    let receiver = ByteReceiver { core: Chunked::new(Outlet::new(Arc::clone(&pipe))) };
    (ByteSender::new(pipe), receiver)
}

/// The [`ByteStream`](crate::ByteStream) of what a [`ByteSender`] sends: see [`channel`].
///
/// Chunks come out with the pointer that they were sent with, and writes as large as they were gathered. The length is at
/// least what is in the channel, and is known once the sender has finished without trailers. Where it is known before, a
/// [`LengthGuard`](crate::adapter::LengthGuard) says and keeps it.
///
/// When the receiver is dropped, sending fails, and what has not been read is dropped with it.
///
/// # Errors
///
/// What the sender [failed](ByteSender::fail) with; [`SenderDropped`](super::SenderDropped), of kind
/// [`UnexpectedEof`](std::io::ErrorKind::UnexpectedEof), if it was dropped before it had finished.
///
/// # Cancel safety
///
/// A chunk that has come is kept until it is read, whichever view reads it.
#[derive(crate::ByteStream)]
#[byte_stream(crate = crate)]
#[must_use = "a stream does nothing unless it is read"]
pub struct ByteReceiver {
    core: Chunked<Outlet>,
}

impl fmt::Debug for ByteReceiver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ByteReceiver").finish_non_exhaustive()
    }
}
