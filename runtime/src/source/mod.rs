//! What can be a stream of bytes: memory, and the adapters over what the ecosystems have.
//!
//! | what you have | wrap it in |
//! |---|---|
//! | a `Stream` of chunks, or of results of chunks | [`FromStream`] |
//! | an iterator of the same | [`FromIter`] |
//! | a tokio `AsyncRead`, `AsyncBufRead` | [`FromRead`], [`FromBufRead`] |
//! | a reader that takes the buffer: of compio, monoio, tokio-uring | [`FromOwned`](crate::FromOwned) |
//! | a futures `AsyncRead`, `AsyncBufRead` | `FromFuturesRead`, `FromFuturesBufRead` (feature `futures-io`) |
//! | a file | `FromFile` (feature `file`) |
//! | a function that polls for the next chunk | [`FromPollFn`] |
//! | a future that makes a stream | [`FromFuture`] |
//! | code that writes | [`FromWriter`] |
//! | code elsewhere that sends or writes | [`channel`] |
//! | an `http_body::Body` | `FromBody` (feature `http-body`) |
//! | `Bytes`, `BytesMut`, `&'static [u8]` | nothing |
//!
//! Every adapter is `From<its source>`, so `.into()` wraps. Each keeps the unread rest of a chunk in one place that all
//! views share, and hands it back with the source by `into_parts`.

pub(crate) mod aligned;
mod announced;
#[cfg(feature = "http-body")]
mod body;
mod buf_read;
mod chunked;
mod entry;
#[cfg(feature = "file")]
mod file;
mod future;
#[cfg(feature = "futures-io")]
mod futures_read;
mod item;
mod iter;
mod memory;
mod parts;
mod phase;
mod poll_fn;
mod push;
mod read;
mod reader;
mod stream;
pub(crate) mod unread;

#[cfg(feature = "http-body")]
pub use body::FromBody;
pub use buf_read::FromBufRead;
pub use entry::{MapError, WithKind};
#[cfg(feature = "file")]
pub use file::FromFile;
pub use future::FromFuture;
#[cfg(feature = "futures-io")]
pub use futures_read::{FromFuturesBufRead, FromFuturesRead};
pub use item::StreamItem;
pub use iter::FromIter;
pub use parts::Parts;
pub use poll_fn::FromPollFn;
pub use push::{ByteReceiver, ByteSender, FromWriter, SendError, SenderDropped, TrySendError, WriterOutput, channel};
pub use read::FromRead;
pub use stream::FromStream;

pub(crate) use announced::Announced;
pub(crate) use chunked::{Chunked, Chunks};
pub(crate) use phase::Phase;
pub(crate) use reader::broken;
pub(crate) use unread::Unread;

/// The most memory that is taken before it is needed, however large a chunk may be.
pub(crate) const TRUSTED: usize = 64 * 1024 * 1024;
