//! A file as a source.

mod blocks;
mod nowait;
mod open;
mod pool;
mod reading;

use std::fs::File;
use std::future::poll_fn;
use std::ops::{Range, RangeBounds};
use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;
use std::{fmt, io};

use tokio::io::AsyncWrite;

use reading::Reading;

/// The size of a block, unless set otherwise, and so the most that one chunk holds.
const BLOCK: usize = 256 * 1024;

/// A [`ByteStream`](crate::ByteStream) over a file, or over a range of one.
///
/// On Linux, what the page cache has is read on the spot, without another thread. What it does not have is read on
/// tokio's blocking pool, and while the consumer is busy with that the next block is read ahead, unless the page cache
/// has it by then. On other platforms, and on a file system that cannot tell, everything is read on the pool.
///
/// The file is read by position: its cursor is not used and, except on Windows, not moved. So several streams may read
/// one `Arc<File>` at the same time, each its range.
///
/// The length is known and exact: that which the file had when it was opened. One that has grown ends there. To open it
/// when it is first read, write `FromFuture::new(FromFile::open(path))`.
///
/// A chunk is a block, of 256 KiB unless [`with_block_size`](Self::with_block_size) says otherwise, or what the page
/// cache has of one. A block whose chunk has been dropped is read into again. While it waits, a stream holds one block,
/// the one that is being read; after the end or an error none. A plain read takes no block where the page cache has the
/// bytes, and goes straight into the caller's memory.
///
/// # Errors
///
/// A file that turns out to be shorter fails after the bytes that it has, with
/// [`LengthError::TooShort`](crate::error::LengthError::TooShort) of kind `UnexpectedEof`. Other errors are those of the
/// system. A runtime that is shut down before it has read is an error of kind `Other`.
///
/// # Outside of a runtime
///
/// Where there is no tokio runtime there is no pool: what the page cache does not have is read on the spot all the
/// same, and blocks the thread.
///
/// # Cancel safety
///
/// A read on the pool goes on when nobody waits for it, and whichever view asks next has its bytes. If the stream is
/// dropped, the pool ends it and lets go of the memory and the file.
///
/// # Examples
///
/// ```
/// use byte_stream::{ByteStream, ByteStreamExt, FromFile};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> std::io::Result<()> {
/// # let directory = tempfile::tempdir()?;
/// # let path = directory.path().join("greeting");
/// std::fs::write(&path, "hello, world")?;
///
/// let file = FromFile::open(&path).await?;
/// assert_eq!(file.bytes_left(), (12, Some(12)));
/// assert_eq!(file.collect_bytes().await?, "hello, world");
///
/// let range = FromFile::open(&path).await?.with_range(7..)?;
/// assert_eq!(range.collect_bytes().await?, "world");
/// # Ok(())
/// # }
/// ```
#[derive(crate::ByteStream)]
#[byte_stream(crate = crate)]
#[must_use = "a stream does nothing unless it is read"]
pub struct FromFile {
    #[byte_stream(source)]
    reading: Reading,
    /// Of the whole file.
    length: u64,
}

impl FromFile {
    /// Opens a file to read the whole of it, on the blocking pool.
    ///
    /// # Errors
    ///
    /// Those of opening. `IsADirectory` for a directory. `Unsupported` for what does not say how long it is, and can be
    /// wrapped in [`FromRead`](super::FromRead): a pipe, a device, a file of `/proc`.
    pub async fn open(path: impl AsRef<Path>) -> io::Result<Self> {
        let path = path.as_ref().to_owned();
        pool::run(move || open::open(&path)).await.map(Self::measured)
    }

    /// Wraps a file to read the whole of it, wherever its cursor is. Its length is asked for on the blocking pool.
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open).
    ///
    /// # Examples
    ///
    /// ```
    /// use byte_stream::{ByteStreamExt, FromFile};
    /// use std::fs::File;
    /// use std::sync::Arc;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> std::io::Result<()> {
    /// # let directory = tempfile::tempdir()?;
    /// # let path = directory.path().join("greeting");
    /// # std::fs::write(&path, "hello, world")?;
    /// let file = Arc::new(File::open(path)?);
    /// let head = FromFile::from_std(Arc::clone(&file)).await?.with_range(..5)?;
    /// let tail = FromFile::from_std(file).await?.with_range(7..)?;
    /// let (head, tail) = tokio::try_join!(head.collect_bytes(), tail.collect_bytes())?;
    /// assert_eq!((&head[..], &tail[..]), (&b"hello"[..], &b"world"[..]));
    /// # Ok(())
    /// # }
    /// ```
    pub async fn from_std(file: impl Into<Arc<File>>) -> io::Result<Self> {
        let file = file.into();
        pool::run(move || open::measure(file)).await.map(Self::measured)
    }

    /// Wraps a file of tokio's, as [`from_std`](Self::from_std). What it still has in flight is waited for.
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open); also that of a write which was in flight.
    pub async fn from_tokio(mut file: tokio::fs::File) -> io::Result<Self> {
        poll_fn(|cx| Pin::new(&mut file).poll_flush(cx)).await?;
        let file = match file.try_into_std() {
            Ok(file) => file,
            // Something that somebody has stopped waiting for still uses it.
            Err(file) => file.try_clone().await?.into_std().await,
        };
        Self::from_std(file).await
    }

    fn measured((file, length): open::Measured) -> Self {
        FromFile { reading: Reading::new(file, 0..length, BLOCK), length }
    }

    /// Reads this range of the file, whatever was to be read before: `start..end`, `start..`, `..=last`.
    ///
    /// # Errors
    ///
    /// `InvalidInput` if the range ends before it begins, or after the length that the file had when it was opened.
    pub fn with_range(self, range: impl RangeBounds<u64>) -> io::Result<Self> {
        let range = open::resolve(&range, self.length)?;
        Ok(FromFile { reading: self.reading.with_range(range), length: self.length })
    }

    /// Reads in blocks of `size` bytes. A file that is not in the page cache wants large ones.
    ///
    /// # Panics
    ///
    /// If `size` is 0.
    pub fn with_block_size(self, size: usize) -> Self {
        assert!(size > 0, "a block size of 0 bytes was asked for: there is no empty chunk");
        FromFile { reading: self.reading.with_block_size(size), length: self.length }
    }

    /// Reads everything on the blocking pool, also what the page cache has: for a task that may not take the time to copy
    /// a block.
    pub fn on_the_pool(self) -> Self {
        FromFile { reading: self.reading.on_the_pool(), length: self.length }
    }

    /// The file.
    pub fn get_ref(&self) -> &Arc<File> {
        self.reading.file()
    }

    /// The range of the file that nobody has read, also after an error.
    pub fn range(&self) -> Range<u64> {
        self.reading.range()
    }

    /// The file. Where the stream has come to is lost; [`into_parts`](Self::into_parts) keeps it.
    pub fn into_inner(self) -> Arc<File> {
        self.reading.into_file()
    }

    /// The file, and the [range](Self::range) of it that nobody has read. Bytes that were read ahead are still in the
    /// file.
    pub fn into_parts(self) -> (Arc<File>, Range<u64>) {
        let range = self.range();
        (self.into_inner(), range)
    }
}

impl fmt::Debug for FromFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FromFile")
            .field("range", &self.range())
            .field("block_size", &self.reading.block_size())
            .finish_non_exhaustive()
    }
}
