//! What can be a stream of bytes: memory, and the adapters over what the ecosystems have.
//!
//! | what you have | wrap it in |
//! |---|---|
//! | a `Stream` of chunks, or of results of chunks | [`FromStream`] |
//! | an iterator of the same | [`FromIter`] |
//! | a tokio `AsyncRead`, `AsyncBufRead` | [`FromRead`], [`FromBufRead`] |
//! | a futures `AsyncRead`, `AsyncBufRead` | `FromFuturesRead`, `FromFuturesBufRead` (feature `futures-io`) |
//! | a future that makes a stream | [`FromFuture`] |
//! | an `http_body::Body` | `FromBody` (feature `http-body`) |
//! | `Bytes`, `BytesMut`, `&'static [u8]` | nothing |
//!
//! Every adapter is `From<its source>`, so `.into()` wraps. Each keeps the unread rest of a chunk in one place that all
//! views share, and hands it back with the source by `into_parts`.

#[cfg(feature = "http-body")]
mod body;
mod buf_read;
mod chunked;
mod entry;
mod future;
#[cfg(feature = "futures-io")]
mod futures_read;
mod item;
mod iter;
mod memory;
mod parts;
mod phase;
mod read;
mod reader;
mod stream;
pub(crate) mod unread;

#[cfg(feature = "http-body")]
pub use body::FromBody;
pub use buf_read::FromBufRead;
pub use entry::{MapError, WithKind};
pub use future::FromFuture;
#[cfg(feature = "futures-io")]
pub use futures_read::{FromFuturesBufRead, FromFuturesRead};
pub use item::StreamItem;
pub use iter::FromIter;
pub use parts::Parts;
pub use read::FromRead;
pub use stream::FromStream;
