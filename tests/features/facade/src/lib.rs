//! Re-exports the runtime: its users depend on this crate alone.

pub use byte_stream as re_exported;
pub use byte_stream::ByteStream;
pub use bytes::Bytes;
