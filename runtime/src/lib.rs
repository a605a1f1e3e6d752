#![cfg_attr(docsrs, feature(doc_cfg))]
#![deny(unsafe_code)]

//! One derive makes a type a `Stream`, a tokio and a futures `AsyncRead` and `AsyncBufRead`, and an `http_body::Body`.
//!
//! ```text
//! foreign sources ──▶ From* adapters ──▶  trait ByteStream  ──▶ views: Stream · tokio AsyncRead/AsyncBufRead ·
//! (stream, reader, body,                  (one core, io::Error     futures AsyncRead/AsyncBufRead · http_body::Body
//!  bytes, iterator, future, file,          as the carrier)
//!  code that writes)
//!                                              ▲
//!                                              └── #[derive(ByteStream)] on your struct or enum
//! ```
//!
//! # Examples
//!
//! ```
//! use byte_stream::{ByteStream, ByteStreamExt, FromRead, FromStream, stream};
//! use futures_util::StreamExt;
//! use tokio::io::AsyncReadExt;
//!
//! #[derive(ByteStream)]
//! enum Upload<S, R> {
//!     Stream(FromStream<S>),
//!     File(FromRead<R>),
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> std::io::Result<()> {
//! // A chunk is any `Into<Bytes>`, an error any that boxes: nothing is mapped.
//! let chunks = futures_util::stream::iter([Ok("hello, "), Ok("world"), Err("and nobody else")]);
//! let mut upload: Upload<_, &[u8]> = Upload::Stream(chunks.into());
//!
//! // All views share one place for the unread rest.
//! let mut three = [0; 3];
//! upload.read_exact(&mut three).await?; // as a tokio reader
//! assert_eq!(&three, b"hel");
//! assert_eq!(upload.next().await.unwrap()?, "lo, "); // as a `Stream`
//! assert_eq!(upload.next().await.unwrap()?, "world");
//! assert_eq!(upload.collect_bytes().await.unwrap_err().to_string(), "and nobody else");
//! # Ok(())
//! # }
//! ```
//!
//! # Where to look
//!
//! - [`derive(ByteStream)`](derive@ByteStream): the derive, its arguments, what it generates, why it is sound.
//! - [`source`]: the adapters over what the ecosystems have. [`trait ByteStream`](trait@ByteStream): the contract.
//! - [`adapter`]: what sees, bounds, shapes or stops the bytes on their way. [`codec`]: compressed streams, and HTTP's content codings.
//! - [`owned`]: reads that own their buffer, for `io_uring`, out and in.
//! - [`ByteStreamExt`]: collecting, copying, boxing, and borrowing as one world only.
//! - [`error`](mod@error): how an error travels, and how it gets out again.
//! - [`stream!`]: a stream as a literal. `testing`: hostile sources, assertions, and a kit that holds the contract against your types.
//!
//! # Features
//!
//! `derive`, `http-body` and `coop` are on by default, the others are not. A bare derive has the views whose features are on; a
//! published library should write `#[byte_stream(only(..))]`.
//!
//! # Ambiguity
//!
//! A value that wears many traits has some methods twice, when both extension traits are in scope: `take`, `chain`, `collect`,
//! `boxed`, `read`, `lines`, `size_hint`, .. (E0034). The cures are `only(..)`, a borrow as one world such as
//! [`as_stream()`](ByteStreamExt::as_stream), and the plain call `StreamExt::take(stream, 3)`. The methods of this crate's own
//! traits are named apart from all of those.

pub mod adapter;
mod algebra;
mod budget;
pub mod codec;
mod derived;
pub mod error;
mod ext;
pub mod literal;
pub mod owned;
pub mod source;
mod stream;
#[cfg(feature = "testing")]
pub mod testing;
mod trailers;
pub mod view;

#[doc(hidden)]
pub mod __private;

pub use adapter::{BoxByteStream, Inspect, Inspector, LocalBoxByteStream, SyncByteStream, View};
pub use error::{BoxError, StreamError};
pub use ext::{ByteStreamExt, CollectBytes, CollectString, CollectVec, CopyTo, PeekBytes};
pub use literal::StreamLiteral;
pub use owned::{FromOwned, OwnedRead};
#[cfg(feature = "http-body")]
pub use source::FromBody;
#[cfg(feature = "file")]
pub use source::FromFile;
pub use source::{
    ByteReceiver, ByteSender, FromBufRead, FromFuture, FromIter, FromPollFn, FromRead, FromStream, FromWriter, channel,
};
#[cfg(feature = "futures-io")]
pub use source::{FromFuturesBufRead, FromFuturesRead};
pub use stream::{ByteStream, State};
pub use trailers::Trailers;

/// The buffer that [`ByteStream::poll_read_into`] appends to. It is tokio's.
pub use tokio::io::ReadBuf;

#[cfg(feature = "derive")]
#[doc = include_str!("../docs/derive.md")]
pub use byte_stream_macros::ByteStream;
#[cfg(feature = "derive")]
#[doc = include_str!("../docs/views.md")]
pub use byte_stream_macros::ByteStreamViews;
#[cfg(feature = "derive")]
#[doc = include_str!("../docs/stream_error.md")]
pub use byte_stream_macros::StreamError;
#[cfg(not(feature = "derive"))]
use byte_stream_macros::{ByteStream, ByteStreamViews};
