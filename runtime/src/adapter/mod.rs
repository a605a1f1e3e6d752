//! Streams made of streams: boxes, [`View`] for generic code, and what sees, bounds, gathers or stops the bytes on their way.

mod accessors;
mod bounded;
mod boxed;
mod chain;
mod coalesce;
#[cfg(feature = "time")]
mod deadline;
mod holding;
#[cfg(feature = "time")]
mod idle_timeout;
mod inspect;
#[cfg(feature = "tracing")]
mod instrumented;
mod length_guard;
mod peeked;
mod pointer;
mod prefix;
mod rechunk;
mod stop_when;
mod sync;
#[cfg(feature = "time")]
mod timer;
mod typed;
mod view;
mod watched;

pub use boxed::{BoxByteStream, LocalBoxByteStream};
pub use chain::Chain;
pub use coalesce::Coalesce;
#[cfg(feature = "time")]
pub use deadline::Deadline;
pub use holding::Holding;
#[cfg(feature = "time")]
pub use idle_timeout::IdleTimeout;
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
pub use stop_when::StopWhen;
pub use sync::SyncByteStream;
pub use typed::Typed;
pub use view::View;

pub(crate) use accessors::accessors;
use bounded::poll_read_up_to;
pub(crate) use pointer::forward;
