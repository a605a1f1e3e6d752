//! Streams made of streams: pointers, boxes, and [`View`] for generic code.

mod boxed;
mod pointer;
mod sync;
mod view;

pub use boxed::{BoxByteStream, LocalBoxByteStream};
pub use sync::SyncByteStream;
pub use view::View;
