//! Compressed streams: what a codec needs around it so that nothing is lost, and HTTP's content codings by name.
//!
//! | what you know | what to use |
//! |---|---|
//! | the coding, when the program is written | [`Codec`] over an encoder or decoder of async-compression, or of your own |
//! | the coding, when the program runs | [`Compress`], [`Decompress`], chosen by an [`Encoding`] |
//! | a header | [`Encoding::from_content_encoding`], [`Encoding::negotiate`] |
//!
//! A codec is a reader over a reader, and so knows neither trailers nor what an error was. [`FromRead`](crate::FromRead) over one is
//! a plain reader too. A [`Codec`] reaches the stream below it: its trailers come out behind the codec's bytes, its error comes out as
//! what it was, and it is read to its end.
//!
//! # Features
//!
//! Each of `compression-gzip`, `compression-deflate`, `compression-brotli` and `compression-zstd` turns a coding on, with
//! async-compression below it. The types are there without any of them: [`Encoding::is_supported`] tells, and to ask for a coding that is
//! not built in is an error of kind `Unsupported`.

mod adapter;
mod checked;
mod compress;
mod decompress;
mod encoding;
#[cfg(feature = "http-body")]
mod header;
mod input;
mod layer;
mod level;
mod limits;
mod negotiate;

pub use adapter::Codec;
pub use compress::Compress;
pub use decompress::Decompress;
pub use encoding::{Codings, Encoding, EncodingError};
pub use input::Input;
pub use layer::Layer;
pub use level::Level;
pub use limits::{LimitError, Limits};
