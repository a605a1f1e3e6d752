//! Streams made of streams: boxes, [`View`] for generic code, and what sees or bounds the bytes on their way.

mod bounded;
mod boxed;
mod chain;
mod inspect;
#[cfg(feature = "tracing")]
mod instrumented;
mod length_guard;
mod peeked;
mod pointer;
mod prefix;
mod rechunk;
mod sync;
mod view;

pub use boxed::{BoxByteStream, LocalBoxByteStream};
pub use chain::Chain;
#[cfg(feature = "indicatif")]
pub use inspect::Progress;
pub use inspect::{ByteCount, Counter, Inspect, Inspector, Outcome};
#[cfg(feature = "digest")]
pub use inspect::{Digester, FinalDigest};
#[cfg(feature = "tracing")]
pub use instrumented::Instrumented;
pub use length_guard::LengthGuard;
pub use peeked::Peeked;
pub use prefix::Prefix;
pub use rechunk::Rechunk;
pub use sync::SyncByteStream;
pub use view::View;

use bounded::poll_read_up_to;
pub(crate) use pointer::forward;
