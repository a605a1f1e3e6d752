//! Streams made of streams: boxes, [`View`] for generic code, and what sees, bounds, gathers or stops the bytes on their way.

mod bounded;
mod boxed;
mod coalesce;
#[cfg(feature = "time")]
mod deadline;
mod holding;
#[cfg(feature = "time")]
mod idle_timeout;
mod inspect;
mod length_guard;
mod peeked;
mod pointer;
mod prefix;
mod stop_when;
mod sync;
#[cfg(feature = "time")]
mod timer;
mod typed;
mod view;
mod watched;

pub use boxed::{BoxByteStream, LocalBoxByteStream};
pub use coalesce::Coalesce;
#[cfg(feature = "time")]
pub use deadline::Deadline;
pub use holding::Holding;
#[cfg(feature = "time")]
pub use idle_timeout::IdleTimeout;
pub use inspect::{ByteCount, Counter, Inspect, Inspector, Outcome};
pub use length_guard::LengthGuard;
pub use peeked::Peeked;
pub use prefix::Prefix;
pub use stop_when::StopWhen;
pub use sync::SyncByteStream;
pub use typed::Typed;
pub use view::View;

use bounded::poll_read_up_to;
