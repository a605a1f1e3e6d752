//! A stream that something else may stop.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::{fmt, io};

use pin_project_lite::pin_project;

use super::watched::{Watch, Watched};
use crate::ByteStream;
use crate::adapter::accessors;
use crate::error::{BoxError, carry};

/// Fails a stream when a future is ready: a cancelled token, a shutdown, a client that has gone.
///
/// What the future gives is the error, which enters as [`carry`] says. The future is polled before the stream, once a call, so a stream
/// that is always ready can be stopped as well; bytes that are lent by then may still be read. It is dropped as soon as
/// the stream has ended or failed, and as soon as it is ready.
///
/// # Errors
///
/// The output of the future. Neither the stream below nor the future is polled again.
///
/// # Cancel safety
///
/// It has no bytes of its own. The future stays where it is when a read is dropped.
///
/// # Examples
///
/// ```
/// use byte_stream::adapter::StopWhen;
/// use byte_stream::{ByteStreamExt, FromRead};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let (stop, stopped) = tokio::sync::oneshot::channel();
/// let endless = FromRead::new(tokio::io::repeat(0));
/// let mut download = StopWhen::new(endless, Box::pin(async { stopped.await.unwrap_or("nobody wants it") }));
///
/// tokio::spawn(async { stop.send("enough") });
/// let error = download.copy_to(&mut tokio::io::sink()).await.unwrap_err();
/// assert_eq!(error.to_string(), "enough");
/// # }
/// ```
#[derive(crate::ByteStream)]
#[byte_stream(crate = crate, project, bound(S: ByteStream, F: Future, F::Output: Into<BoxError>))]
#[must_use = "a stream does nothing unless it is read"]
pub struct StopWhen<S, F> {
    core: Watched<S, Stop<F>>,
}

pin_project! {
    struct Stop<F> {
        #[pin]
        future: F,
    }
}

impl<F> Watch for Stop<F>
where
    F: Future,
    F::Output: Into<BoxError>,
{
    fn poll_before(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Error> {
        self.project().future.poll(cx).map(carry)
    }
}

impl<S, F> StopWhen<S, F>
where
    S: ByteStream,
    F: Future,
    F::Output: Into<BoxError>,
{
    /// Fails `stream` with the output of `future` when that is ready. It is not polled before somebody reads.
    pub fn new(stream: S, future: F) -> Self {
        StopWhen { core: Watched::new(stream, Stop { future }) }
    }
}

impl<S, F> StopWhen<S, F> {
    accessors!(in core; "What is taken from it here is not stopped.");

    /// The stream.
    pub fn into_inner(self) -> S {
        self.core.into_inner()
    }
}

impl<S, F> fmt::Debug for StopWhen<S, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StopWhen").field("may_stop", &self.core.watch().is_some()).finish_non_exhaustive()
    }
}
