//! Streams made of streams: boxes, [`View`] for generic code, and what sees, bounds or gathers the bytes on their way.

mod bounded;
mod boxed;
mod coalesce;
mod inspect;
mod length_guard;
mod peeked;
mod pointer;
mod prefix;
mod sync;
#[cfg(feature = "time")]
mod timer;
mod view;

pub use boxed::{BoxByteStream, LocalBoxByteStream};
pub use coalesce::Coalesce;
pub use inspect::{ByteCount, Counter, Inspect, Inspector, Outcome};
pub use length_guard::LengthGuard;
pub use peeked::Peeked;
pub use prefix::Prefix;
pub use sync::SyncByteStream;
pub use view::View;

use bounded::poll_read_up_to;
