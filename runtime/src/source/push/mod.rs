//! Bytes that are pushed: by a sender somewhere else, or by a future that writes.

mod channel;
mod error;
mod outlet;
mod pipe;
mod queue;
mod sender;
mod word;
mod write;
mod writer;

pub use channel::{ByteReceiver, channel};
pub use error::{SendError, SenderDropped, TrySendError};
pub use sender::ByteSender;
pub use writer::{FromWriter, WriterOutput};

/// The size of the blocks that writes are gathered in, unless set otherwise.
const BLOCK: usize = 64 * 1024;
