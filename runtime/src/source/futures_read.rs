//! Foreign futures readers as sources: a shell around the tokio ones.

use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::{fmt, io};

use futures_io::{AsyncBufRead, AsyncRead};
use pin_project_lite::pin_project;
use tokio::io::ReadBuf;

use super::{FromBufRead, FromRead, Parts};

pin_project! {
    /// A futures reader in the clothes of a tokio one.
    struct Tokio<R> {
        #[pin]
        reader: R,
        // How much memory is initialised for a read, as far as it is not: the futures trait wants that.
        window: usize,
    }
}

/// To zero more than a reader is likely to fill would be for nothing.
const WINDOW: std::ops::RangeInclusive<usize> = 1024..=64 * 1024;

impl<R> Tokio<R> {
    fn new(reader: R) -> Self {
        Tokio { reader, window: 8 * 1024 }
    }
}

impl<R: AsyncRead> tokio::io::AsyncRead for Tokio<R> {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let this = self.project();
        let initialized = buf.initialized().len() - buf.filled().len();
        let room = buf.remaining().min(initialized.max(*this.window));
        let n = ready!(this.reader.poll_read(cx, buf.initialize_unfilled_to(room)))?;
        if n > room {
            return Poll::Ready(Err(super::reader::broken("a reader counted more bytes than it had room for")));
        }
        buf.advance(n);
        *this.window = n.saturating_mul(2).clamp(*WINDOW.start(), *WINDOW.end());
        Poll::Ready(Ok(()))
    }
}

impl<R: AsyncBufRead> tokio::io::AsyncBufRead for Tokio<R> {
    fn poll_fill_buf(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<&[u8]>> {
        self.project().reader.poll_fill_buf(cx)
    }

    fn consume(self: Pin<&mut Self>, n: usize) {
        self.project().reader.consume(n);
    }
}

/// A [`ByteStream`](crate::ByteStream) over a foreign futures `AsyncRead`.
///
/// Its inverse is the futures view. It keeps the contract of [`FromRead`], memory and cancel safety included.
///
/// # Examples
///
/// ```
/// use byte_stream::{ByteStreamExt, FromFuturesRead};
/// use futures_util::io::Cursor;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> std::io::Result<()> {
/// let body = FromFuturesRead::new(Cursor::new("hello"));
/// assert_eq!(body.collect_bytes().await?, "hello");
/// # Ok(())
/// # }
/// ```
#[derive(crate::ByteStream)]
#[byte_stream(crate = crate, project, bound(R: AsyncRead))]
#[must_use = "a stream does nothing unless it is read"]
pub struct FromFuturesRead<R> {
    core: FromRead<Tokio<R>>,
}

/// A [`ByteStream`](crate::ByteStream) over a foreign futures `AsyncBufRead`, which has a buffer of its own.
///
/// Its inverse is the futures view. It keeps the contract of [`FromBufRead`]: there is no second buffer.
///
/// # Examples
///
/// ```
/// use byte_stream::{ByteStreamExt, FromFuturesBufRead};
/// use futures_util::io::Cursor;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> std::io::Result<()> {
/// let body = FromFuturesBufRead::new(Cursor::new("hello"));
/// assert_eq!(body.collect_bytes().await?, "hello");
/// # Ok(())
/// # }
/// ```
#[derive(crate::ByteStream)]
#[byte_stream(crate = crate, project, bound(R: AsyncBufRead))]
#[must_use = "a stream does nothing unless it is read"]
pub struct FromFuturesBufRead<R> {
    core: FromBufRead<Tokio<R>>,
}

impl<R> FromFuturesRead<R> {
    /// Wraps a reader.
    pub fn new(reader: R) -> Self {
        FromFuturesRead { core: FromRead::new(Tokio::new(reader)) }
    }

    /// Wraps a reader whose chunks shall hold at most `chunk_size` bytes. As long as it has never been `Pending`, they hold 16 KiB at most.
    ///
    /// # Panics
    ///
    /// If `chunk_size` is 0.
    pub fn with_chunk_size(reader: R, chunk_size: usize) -> Self {
        FromFuturesRead { core: FromRead::with_chunk_size(Tokio::new(reader), chunk_size) }
    }
}

impl<R> FromFuturesBufRead<R> {
    /// Wraps a buffered reader.
    pub fn new(reader: R) -> Self {
        FromFuturesBufRead { core: FromBufRead::new(Tokio::new(reader)) }
    }
}

macro_rules! accessors {
    ($adapter:ident, $bound:ident, $ahead:literal, $into_inner:literal) => {
        impl<R> $adapter<R> {
            #[doc = $ahead]
            pub fn get_ref(&self) -> &R {
                &self.core.get_ref().reader
            }

            /// The reader. What is read from it here is missing from this one.
            pub fn get_mut(&mut self) -> &mut R {
                &mut self.core.get_mut().reader
            }

            /// The reader, pinned.
            pub fn get_pin_mut(self: Pin<&mut Self>) -> Pin<&mut R> {
                self.project().core.get_pin_mut().project().reader
            }

            #[doc = $into_inner]
            pub fn into_inner(self) -> R {
                self.into_parts().source
            }

            /// The reader, and what it has handed over and nobody has read.
            pub fn into_parts(self) -> Parts<R> {
                self.core.into_parts().map_source(|tokio| tokio.reader)
            }
        }

        impl<R: $bound> From<R> for $adapter<R> {
            fn from(reader: R) -> Self {
                Self::new(reader)
            }
        }

        impl<R> fmt::Debug for $adapter<R> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($adapter)).finish_non_exhaustive()
            }
        }
    };
}

accessors!(
    FromFuturesRead,
    AsyncRead,
    "The reader. It may be ahead of what has been read.",
    "The reader. Bytes that were read ahead for a peek are lost; [`into_parts`](Self::into_parts) keeps them."
);
accessors!(
    FromFuturesBufRead,
    AsyncBufRead,
    "The reader, which holds every unread byte.",
    "The reader, with every unread byte."
);
