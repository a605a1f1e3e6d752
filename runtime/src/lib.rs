#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]

//! One derive makes a type a `Stream`, a tokio and a futures `AsyncRead` and `AsyncBufRead`, and an `http_body::Body`.

mod adapter;
mod algebra;
mod budget;
pub mod error;
mod ext;
mod literal;
pub mod source;
mod stream;
mod trailers;
pub mod view;

#[doc(hidden)]
pub mod __private;

pub use adapter::{BoxByteStream, LocalBoxByteStream, SyncByteStream, View};
pub use error::{BoxError, StreamError};
pub use ext::{ByteStreamExt, CollectBytes, CollectString, CollectVec, CopyTo};
pub use literal::StreamLiteral;
#[cfg(feature = "http-body")]
pub use source::FromBody;
pub use source::{FromBufRead, FromIter, FromRead, FromStream};
#[cfg(feature = "futures-io")]
pub use source::{FromFuturesBufRead, FromFuturesRead};
pub use stream::{ByteStream, State};
pub use trailers::Trailers;

/// The buffer that [`ByteStream::poll_read_into`] appends to. It is tokio's.
pub use tokio::io::ReadBuf;

#[cfg(not(feature = "derive"))]
use byte_stream_macros::{ByteStream, ByteStreamViews};
#[cfg(feature = "derive")]
pub use byte_stream_macros::{ByteStream, ByteStreamViews};
