//! A stream that holds something until its end.

use std::{fmt, io};

use super::{Inspect, Inspector, Outcome};
use crate::ByteStream;
use crate::adapter::accessors;

/// Holds something until the bytes of a stream have ended or failed, or it is dropped: a permit, a lock, a temporary directory, a
/// span, a timer of a metric.
///
/// A guard in a field beside the stream lives as long as the value, which a server or a pool may keep. This one goes in the call
/// that hands out the last byte, if the stream then knows that it is the last, else with its end. Trailers may still come
/// after it. A stream that is dropped before its end goes first, and the guard after it.
///
/// To do something with every byte as well, write an [`Inspector`]; this is one that only looks at the [end](Inspector::end).
///
/// # Cancel safety
///
/// It has no bytes of its own.
///
/// # Examples
///
/// ```
/// use byte_stream::adapter::{Holding, Outcome};
/// use byte_stream::{ByteStreamExt, stream};
/// use std::sync::Arc;
/// use tokio::sync::Semaphore;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> std::io::Result<()> {
/// let downloads = Arc::new(Semaphore::new(1));
/// let permit = downloads.clone().acquire_owned().await.unwrap();
/// let mut body = Holding::new(stream!["hello"], permit);
/// assert_eq!(downloads.available_permits(), 0);
/// (&mut body).collect_bytes().await?;
/// assert_eq!(downloads.available_permits(), 1); // `body` is still there.
///
/// let mut told = String::new();
/// let body = Holding::on_end(stream!["hello"], |outcome: &Outcome<'_>| told = format!("{outcome:?}"));
/// body.collect_bytes().await?;
/// assert_eq!(told, "Complete");
/// # Ok(())
/// # }
/// ```
#[derive(crate::ByteStream)]
#[byte_stream(crate = crate, project, bound(S: ByteStream))]
#[must_use = "a stream does nothing unless it is read"]
pub struct Holding<S, G> {
    core: Inspect<S, Held<G>>,
}

/// Looks at no byte.
struct Held<G> {
    guard: Option<G>,
    end: fn(G, &Outcome<'_>),
}

impl<G> Inspector for Held<G> {
    fn bytes(&mut self, _bytes: &[u8]) -> io::Result<()> {
        Ok(())
    }

    fn end(&mut self, outcome: &Outcome<'_>) {
        if let Some(guard) = self.guard.take() {
            (self.end)(guard, outcome);
        }
    }
}

impl<S: ByteStream, G> Holding<S, G> {
    /// Drops `guard` when `stream` ends, at once if it has ended already.
    pub fn new(stream: S, guard: G) -> Self {
        Self::with_end(stream, guard, |guard, _| drop(guard))
    }

    /// Tells `end` how it went, once, and drops it: what it has captured is held until then.
    pub fn on_end(stream: S, end: G) -> Self
    where
        G: FnOnce(&Outcome<'_>),
    {
        Self::with_end(stream, end, |end, outcome| end(outcome))
    }

    fn with_end(stream: S, guard: G, end: fn(G, &Outcome<'_>)) -> Self {
        Holding { core: Inspect::new(stream, Held { guard: Some(guard), end }) }
    }
}

impl<S, G> Holding<S, G> {
    /// What is held, until it goes.
    pub fn guard(&self) -> Option<&G> {
        self.core.inspector().guard.as_ref()
    }

    accessors!(in core; "An end that is reached here is not noticed before the next read.");

    /// The stream. The guard goes as if that had been dropped.
    pub fn into_inner(self) -> S {
        self.core.into_inner()
    }

    /// The stream, and what it holds, which is told nothing.
    pub fn into_parts(self) -> (S, Option<G>) {
        let (stream, held) = self.core.into_parts();
        (stream, held.guard)
    }
}

impl<S, G> fmt::Debug for Holding<S, G> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Holding").field("holds", &self.guard().is_some()).finish_non_exhaustive()
    }
}
