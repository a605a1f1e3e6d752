//! What a sender and its receiver may find out about each other.

use std::error::Error;
use std::{fmt, io};

use bytes::Bytes;

/// A chunk that was not sent, since nobody reads any more, or since the stream has been finished before.
///
/// As an [`io::Error`] it is the payload, and the kind is [`BrokenPipe`](io::ErrorKind::BrokenPipe).
#[derive(Clone, PartialEq, Eq)]
pub struct SendError(
    /// The chunk.
    pub Bytes,
);

/// A chunk that was not sent at once.
///
/// As an [`io::Error`] it is the payload, and the kind is [`WouldBlock`](io::ErrorKind::WouldBlock) or
/// [`BrokenPipe`](io::ErrorKind::BrokenPipe).
#[derive(Clone, PartialEq, Eq)]
pub enum TrySendError {
    /// There is no room for the chunk now.
    Full(Bytes),
    /// Nobody reads any more, or the stream has been finished before.
    Closed(Bytes),
}

impl TrySendError {
    /// The chunk.
    #[must_use]
    pub fn into_chunk(self) -> Bytes {
        match self {
            TrySendError::Full(chunk) | TrySendError::Closed(chunk) => chunk,
        }
    }
}

/// The sender was dropped, and had not said that the stream was at its end.
///
/// It is the payload of the [`io::Error`] in the place of the end, whose kind is
/// [`UnexpectedEof`](io::ErrorKind::UnexpectedEof).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SenderDropped;

const CLOSED: &str = "the stream is closed to its sender";

impl fmt::Display for SendError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(CLOSED)
    }
}

impl fmt::Display for TrySendError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            TrySendError::Full(_) => "there is no room for the chunk now",
            TrySendError::Closed(_) => CLOSED,
        })
    }
}

impl fmt::Display for SenderDropped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the sender was dropped before it had finished the stream")
    }
}

// A chunk may be large: what is shown of it is its length.

impl fmt::Debug for SendError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SendError").field("len", &self.0.len()).finish()
    }
}

impl fmt::Debug for TrySendError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, chunk) = match self {
            TrySendError::Full(chunk) => ("Full", chunk),
            TrySendError::Closed(chunk) => ("Closed", chunk),
        };
        f.debug_struct(name).field("len", &chunk.len()).finish()
    }
}

impl Error for SendError {}

impl Error for TrySendError {}

impl Error for SenderDropped {}

impl From<SendError> for io::Error {
    fn from(error: SendError) -> Self {
        io::Error::new(io::ErrorKind::BrokenPipe, error)
    }
}

impl From<TrySendError> for io::Error {
    fn from(error: TrySendError) -> Self {
        let kind = match error {
            TrySendError::Full(_) => io::ErrorKind::WouldBlock,
            TrySendError::Closed(_) => io::ErrorKind::BrokenPipe,
        };
        io::Error::new(kind, error)
    }
}

impl From<SenderDropped> for io::Error {
    fn from(error: SenderDropped) -> Self {
        io::Error::new(io::ErrorKind::UnexpectedEof, error)
    }
}

/// What a write gets that comes too late.
pub(super) fn closed() -> io::Error {
    io::Error::new(io::ErrorKind::BrokenPipe, CLOSED)
}
