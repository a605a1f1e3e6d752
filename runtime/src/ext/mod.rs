//! What one does with a stream, whatever it is.

mod came;
mod collect;
mod copy;
mod peek;

use std::io;

use tokio::io::AsyncWrite;

pub use collect::{CollectBytes, CollectString, CollectVec};
pub use copy::CopyTo;
pub use peek::PeekBytes;

#[cfg(feature = "http-body")]
use crate::view::AsBody;
#[cfg(feature = "futures-io")]
use crate::view::AsFutures;
use crate::view::{AsStream, AsTokio};
use crate::{BoxByteStream, ByteStream, LocalBoxByteStream, State, SyncByteStream};

/// Methods of every [`ByteStream`].
///
/// No name of theirs is one of `StreamExt`, `TryStreamExt`, tokio's and futures' `AsyncReadExt` and `AsyncBufReadExt`, `Buf` or
/// `BodyExt`, so all of those can be in scope too. `&mut stream` is a stream as well: call by it what takes `self` and leave the
/// rest readable.
pub trait ByteStreamExt: ByteStream {
    /// Reads everything into one chunk. A stream of one chunk is not copied, and one whose length is known is copied into
    /// memory that was taken once, up to 64 MiB of it.
    ///
    /// A stream from the outside should be read with [`collect_bytes_limited`](Self::collect_bytes_limited).
    ///
    /// # Errors
    ///
    /// The stream's own. A stream that had failed before is an error too, and no empty one.
    ///
    /// # Cancel safety
    ///
    /// What has been read is lost with the future.
    ///
    /// # Examples
    ///
    /// ```
    /// use byte_stream::{ByteStreamExt, stream};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> std::io::Result<()> {
    /// assert_eq!(stream!["hello, ", "world"].collect_bytes().await?, "hello, world");
    /// # Ok(())
    /// # }
    /// ```
    fn collect_bytes(self) -> CollectBytes<Self>
    where
        Self: Sized,
    {
        CollectBytes::new(self, u64::MAX)
    }

    /// Reads everything into one chunk, if that is no more than `limit` bytes.
    ///
    /// # Errors
    ///
    /// [`LengthError::TooLong`](crate::error::LengthError::TooLong), of kind `InvalidData`, at once where the stream says that
    /// it is longer, else when it turns out to be; and the stream's own.
    ///
    /// # Cancel safety
    ///
    /// What has been read is lost with the future.
    ///
    /// # Examples
    ///
    /// ```
    /// use byte_stream::{ByteStreamExt, stream};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> std::io::Result<()> {
    /// assert_eq!(stream!["1234"].collect_bytes_limited(4).await?, "1234");
    /// assert!(stream!["12345"].collect_bytes_limited(4).await.is_err());
    /// # Ok(())
    /// # }
    /// ```
    fn collect_bytes_limited(self, limit: u64) -> CollectBytes<Self>
    where
        Self: Sized,
    {
        CollectBytes::new(self, limit)
    }

    /// Reads everything into a `Vec`. As [`collect_bytes`](Self::collect_bytes).
    fn collect_vec(self) -> CollectVec<Self>
    where
        Self: Sized,
    {
        CollectVec::new(self, u64::MAX)
    }

    /// Reads everything into a `Vec`, if that is no more than `limit` bytes. As
    /// [`collect_bytes_limited`](Self::collect_bytes_limited).
    fn collect_vec_limited(self, limit: u64) -> CollectVec<Self>
    where
        Self: Sized,
    {
        CollectVec::new(self, limit)
    }

    /// Reads everything into a `String`. As [`collect_bytes`](Self::collect_bytes).
    ///
    /// # Errors
    ///
    /// Also a [`FromUtf8Error`](std::string::FromUtf8Error), of kind `InvalidData`, which has the bytes.
    fn collect_string(self) -> CollectString<Self>
    where
        Self: Sized,
    {
        CollectString::new(self, u64::MAX)
    }

    /// Reads everything into a `String`, if that is no more than `limit` bytes. As
    /// [`collect_bytes_limited`](Self::collect_bytes_limited) and [`collect_string`](Self::collect_string).
    fn collect_string_limited(self, limit: u64) -> CollectString<Self>
    where
        Self: Sized,
    {
        CollectString::new(self, limit)
    }

    /// Writes everything to a tokio writer, and says how many bytes that was. The writer is flushed at the end, and whenever
    /// the stream has nothing ready; it is not shut down. Small chunks that are ready are gathered, up to 64 KiB, into one write.
    ///
    /// That suits a socket. Each write of tokio's `File` goes through another thread: with a
    /// [`Coalesce`](crate::adapter::Coalesce) in front of it they are fewer.
    ///
    /// # Errors
    ///
    /// The stream's own, after everything before it has been written and flushed; and the writer's.
    ///
    /// # Cancel safety
    ///
    /// After a drop the same call goes on where this one was; if the stream had failed in between, it is an error again. Only what was
    /// gathered for a writer that is `Pending` is lost with the future; [`CopyTo::unwritten`] lends it before. Nothing is gathered
    /// for the first write, nor of chunks from 16 KiB on: those bytes leave the stream when the writer has taken them.
    ///
    /// # Examples
    ///
    /// ```
    /// use byte_stream::{ByteStreamExt, stream};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> std::io::Result<()> {
    /// let mut file = Vec::new();
    /// assert_eq!(stream!["hello, ", "world"].copy_to(&mut file).await?, 12);
    /// assert_eq!(file, b"hello, world");
    /// # Ok(())
    /// # }
    /// ```
    fn copy_to<'a, W>(&'a mut self, writer: &'a mut W) -> CopyTo<'a, Self, W>
    where
        Self: Unpin,
        W: AsyncWrite + Unpin + ?Sized,
    {
        CopyTo::new(self, writer)
    }

    /// Looks at the first `length` bytes, or at all of them if there are fewer, and gives them together with a stream that begins with
    /// them. Nothing is read beyond them, and they are not copied if one chunk holds them.
    ///
    /// # Errors
    ///
    /// The stream's own, if it comes within those bytes. It is lost with them.
    ///
    /// # Cancel safety
    ///
    /// The stream is lost with the future; of a `&mut S`, what has been read.
    ///
    /// # Examples
    ///
    /// ```
    /// use byte_stream::{ByteStreamExt, stream};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> std::io::Result<()> {
    /// let (magic, body) = stream![b"\x1f", b"\x8b\x08 gzip"].peek_bytes(2).await?;
    /// assert_eq!(magic, &b"\x1f\x8b"[..]);
    /// assert_eq!(body.collect_bytes().await?, &b"\x1f\x8b\x08 gzip"[..]);
    /// # Ok(())
    /// # }
    /// ```
    fn peek_bytes(self, length: usize) -> PeekBytes<Self>
    where
        Self: Sized + Unpin,
    {
        PeekBytes::new(self, length)
    }

    /// Puts the stream into a box that is `Send` and `Sync`.
    fn into_box<'a>(self) -> BoxByteStream<'a>
    where
        Self: Sized + Send + 'a,
    {
        BoxByteStream::new(self)
    }

    /// Puts the stream into a box that stays on its thread.
    fn into_local_box<'a>(self) -> LocalBoxByteStream<'a>
    where
        Self: Sized + 'a,
    {
        LocalBoxByteStream::new(self)
    }

    /// Makes the stream `Sync`, without a box.
    fn into_sync(self) -> SyncByteStream<Self>
    where
        Self: Sized,
    {
        SyncByteStream::new(self)
    }

    /// Borrows the stream as a `Stream` only.
    ///
    /// # Examples
    ///
    /// ```
    /// use byte_stream::{ByteStreamExt, stream};
    /// use futures_util::StreamExt;
    /// use tokio::io::AsyncReadExt; // has a `take` and a `chain` too
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let mut body = stream!["one", "two"];
    /// let chunks: Vec<_> = body.as_stream().take(1).collect().await;
    /// assert_eq!(chunks.len(), 1);
    /// # }
    /// ```
    fn as_stream(&mut self) -> AsStream<'_, Self>
    where
        Self: Unpin,
    {
        AsStream::new(self)
    }

    /// Borrows the stream as a tokio reader only.
    fn as_tokio(&mut self) -> AsTokio<'_, Self>
    where
        Self: Unpin,
    {
        AsTokio::new(self)
    }

    /// Borrows the stream as a futures reader only.
    #[cfg(feature = "futures-io")]
    fn as_futures(&mut self) -> AsFutures<'_, Self>
    where
        Self: Unpin,
    {
        AsFutures::new(self)
    }

    /// Borrows the stream as a body only.
    #[cfg(feature = "http-body")]
    fn as_body(&mut self) -> AsBody<'_, Self>
    where
        Self: Unpin,
    {
        AsBody::new(self)
    }
}

impl<S: ByteStream + ?Sized> ByteStreamExt for S {}

/// A stream that ends because somebody else has been told its error already is not whole.
fn failed_before<S: ByteStream + ?Sized>(stream: &S) -> Option<io::Error> {
    (stream.state() == State::Failed).then(|| io::Error::other("the stream had failed before"))
}
