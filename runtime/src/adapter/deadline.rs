//! A stream that must end in time.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;
use std::{fmt, io};

use tokio::time::{Instant, Sleep, sleep_until};

use super::watched::{Watch, Watched};
use crate::ByteStream;
use crate::adapter::accessors;
use crate::error::TimeoutError;

/// Fails a stream whose bytes have not ended by an instant, whoever is slow.
///
/// It is the time of the whole: a slow consumer, and one that does not read at all for a while, spends it too. An
/// [`IdleTimeout`](super::IdleTimeout) limits the silence of the stream alone. A stream that is always ready is stopped as well:
/// the clock is read before the stream is polled, once a call. Trailers are not waited for.
///
/// # Errors
///
/// [`TimeoutError::Deadline`], of kind `TimedOut`, in the first read after the instant that is not of lent bytes. The stream below is not
/// polled again.
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
/// use byte_stream::adapter::Deadline;
/// use byte_stream::error::{TimeoutError, find};
/// use byte_stream::{ByteStreamExt, FromStream};
/// use futures_util::{StreamExt, stream};
/// use std::time::Duration;
///
/// # #[tokio::main(flavor = "current_thread", start_paused = true)]
/// # async fn main() {
/// let endless = stream::repeat("tick").then(|tick| async move {
///     tokio::time::sleep(Duration::from_secs(1)).await;
///     tick
/// });
/// let allowed = Duration::from_secs(60);
/// let stream = Deadline::after(FromStream::new(Box::pin(endless)), allowed);
/// let error = stream.collect_bytes().await.unwrap_err();
/// assert_eq!(error.kind(), std::io::ErrorKind::TimedOut);
/// assert_eq!(find(&error), Some(&TimeoutError::Deadline { allowed }));
/// # }
/// ```
#[derive(crate::ByteStream)]
#[byte_stream(crate = crate, project, bound(S: ByteStream))]
#[must_use = "a stream does nothing unless it is read"]
pub struct Deadline<S> {
    core: Watched<S, Until>,
}

struct Until {
    // `None` lies beyond what the clock can say.
    instant: Option<Instant>,
    allowed: Duration,
    // For whoever waits. A box, so that the stream may move.
    sleep: Option<Pin<Box<Sleep>>>,
}

impl Until {
    fn error(&self) -> io::Error {
        TimeoutError::Deadline { allowed: self.allowed }.into()
    }
}

impl Watch for Until {
    fn poll_before(self: Pin<&mut Self>, _cx: &mut Context<'_>) -> Poll<io::Error> {
        match self.instant {
            Some(instant) if Instant::now() >= instant => Poll::Ready(self.error()),
            _ => Poll::Pending,
        }
    }

    fn poll_pending(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Error> {
        let Some(instant) = self.instant else { return Poll::Pending };
        let sleep = self.sleep.get_or_insert_with(|| Box::pin(sleep_until(instant)));
        sleep.as_mut().poll(cx).map(|()| self.error())
    }
}

impl<S: ByteStream> Deadline<S> {
    /// Fails `stream` if it has not ended by `deadline`, which is tokio's `Instant` or std's.
    pub fn new(stream: S, deadline: impl Into<Instant>) -> Self {
        let deadline = deadline.into();
        let allowed = deadline.saturating_duration_since(Instant::now());
        Self::until(stream, Some(deadline), allowed)
    }

    /// Fails `stream` if it has not ended after so long, counted from now and not from the first read.
    pub fn after(stream: S, allowed: Duration) -> Self {
        Self::until(stream, Instant::now().checked_add(allowed), allowed)
    }

    fn until(stream: S, instant: Option<Instant>, allowed: Duration) -> Self {
        Deadline { core: Watched::new(stream, Until { instant, allowed, sleep: None }) }
    }
}

impl<S> Deadline<S> {
    accessors!(in core; "What is taken from it here may come later.");

    /// The stream.
    pub fn into_inner(self) -> S {
        self.core.into_inner()
    }
}

impl<S> fmt::Debug for Deadline<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let instant = self.core.watch().and_then(|until| until.instant);
        f.debug_struct("Deadline").field("deadline", &instant).finish_non_exhaustive()
    }
}
