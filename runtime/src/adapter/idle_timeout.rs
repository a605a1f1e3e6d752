//! A stream that must not be silent for long.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;
use std::{fmt, io};

use super::timer::Timer;
use super::watched::{Watch, Watched};
use crate::ByteStream;
use crate::adapter::accessors;
use crate::error::TimeoutError;

/// Fails a stream that sends nothing for too long while somebody waits for it.
///
/// The time runs from when the stream is first `Pending` until its next bytes or its end. While nobody reads it does not
/// run: a consumer that takes long over what it got is no error, however slow it is. When a read is dropped that was
/// `Pending`, the time goes on, but the stream is asked once more before it fails: what has come meanwhile is in time.
///
/// A [`Deadline`](super::Deadline) limits the time of the whole stream, which may be endless here if it goes on sending. Trailers are
/// not waited for.
///
/// # Errors
///
/// [`TimeoutError::Idle`], of kind `TimedOut`. The stream below is not polled again.
///
/// # Panics
///
/// Where the stream is `Pending` outside of a tokio runtime whose timer is enabled. Until then none is needed.
///
/// # Cancel safety
///
/// It has no bytes of its own.
///
/// # Examples
///
/// ```
/// use byte_stream::adapter::IdleTimeout;
/// use byte_stream::error::{TimeoutError, find};
/// use byte_stream::{ByteStreamExt, FromRead};
/// use std::time::Duration;
///
/// # #[tokio::main(flavor = "current_thread", start_paused = true)]
/// # async fn main() {
/// let (silent, _peer) = tokio::io::duplex(64);
/// let waited = Duration::from_secs(30);
/// let error = IdleTimeout::new(FromRead::new(silent), waited).collect_bytes().await.unwrap_err();
/// assert_eq!(error.kind(), std::io::ErrorKind::TimedOut);
/// assert_eq!(find(&error), Some(&TimeoutError::Idle { waited }));
/// # }
/// ```
#[derive(crate::ByteStream)]
#[byte_stream(crate = crate, project, bound(S: ByteStream))]
#[must_use = "a stream does nothing unless it is read"]
pub struct IdleTimeout<S> {
    core: Watched<S, Idle>,
}

struct Idle {
    timer: Timer,
}

impl Watch for Idle {
    fn poll_pending(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Error> {
        let waited = self.timer.limit();
        self.timer.poll_up(cx).map(|()| TimeoutError::Idle { waited }.into())
    }

    fn came(mut self: Pin<&mut Self>) {
        self.timer.stop();
    }
}

impl<S: ByteStream> IdleTimeout<S> {
    /// Fails `stream` when it is silent for `limit`, by tokio's clock, which counts milliseconds.
    pub fn new(stream: S, limit: Duration) -> Self {
        IdleTimeout { core: Watched::new(stream, Idle { timer: Timer::new(limit) }) }
    }
}

impl<S> IdleTimeout<S> {
    accessors!(in core; "What is taken from it here is waited for without a limit.");

    /// The stream.
    pub fn into_inner(self) -> S {
        self.core.into_inner()
    }
}

impl<S> fmt::Debug for IdleTimeout<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let limit = self.core.watch().map(|idle| idle.timer.limit());
        f.debug_struct("IdleTimeout").field("limit", &limit).finish_non_exhaustive()
    }
}
