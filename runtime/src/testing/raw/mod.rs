//! Foreign sources that do exactly what is written: hostile ones.

#[cfg(feature = "http-body")]
mod body;
mod iter;
mod memory;
mod reader;
mod stream;

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, ready};

#[cfg(feature = "http-body")]
pub use body::RawBody;
pub use iter::RawIter;
pub(super) use memory::Ledger;
pub use reader::RawReader;
pub use stream::RawStream;

use super::task::{self, Violation};
use crate::error::is_eintr;
use crate::literal::{Played, Player, Step};

/// Counts how often a raw source was polled, also when it has been moved away.
///
/// # Examples
///
/// ```
/// use byte_stream::{ByteStreamExt, FromStream, stream, testing};
///
/// let source = stream!["one", "two"].raw_stream();
/// let pulls = source.pulls();
/// let mut stream = FromStream::new(source);
/// testing::drive((&mut stream).collect_bytes()).unwrap();
/// assert_eq!(pulls.count(), 3); // two chunks and the end
/// ```
#[derive(Clone, Debug, Default)]
pub struct Pulls(Arc<AtomicUsize>);

impl Pulls {
    /// So often.
    #[must_use]
    pub fn count(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }
}

/// What all of them have in common.
#[derive(Debug)]
struct Raw {
    player: Player<Box<[Step]>>,
    /// Nothing may be asked of it any more.
    is_over: bool,
    pulls: Pulls,
}

impl Raw {
    fn new(player: Player<Box<[Step]>>) -> Self {
        Raw { player, is_over: false, pulls: Pulls::default() }
    }

    /// The next step. After the end, and after an error that is the last step, it panics.
    fn poll_step(&mut self, cx: &mut Context<'_>) -> Poll<Option<Played>> {
        self.note_pull();
        let played = ready!(self.player.poll_step(cx));
        self.is_over = match &played {
            None => true,
            Some(Played::Error(_)) => self.player.was_last(),
            Some(Played::Chunk(_) | Played::Trailers(_)) => false,
        };
        task::note(|notes| match &played {
            Some(Played::Chunk(chunk)) if chunk.is_empty() => notes.barren += 1,
            Some(Played::Error(error)) if error.kind() == io::ErrorKind::Interrupted => {
                notes.barren += 1;
                notes.interrupted = true;
            }
            _ => {}
        });
        Poll::Ready(match played {
            Some(Played::Chunk(chunk)) => Some(Played::Chunk(memory::tracked(chunk))),
            other => other,
        })
    }

    /// As [`poll_step`](Self::poll_step), for a reader: after an `EINTR` it is asked again.
    fn poll_reader_step(&mut self, cx: &mut Context<'_>) -> Poll<Option<Played>> {
        let played = ready!(self.poll_step(cx));
        if matches!(&played, Some(Played::Error(error)) if is_eintr(error)) {
            self.is_over = false;
        }
        Poll::Ready(played)
    }

    fn note_pull(&self) {
        if self.is_over {
            Violation::PolledAfterItsEnd.report();
        }
        self.pulls.0.fetch_add(1, Ordering::Relaxed);
        task::note(|notes| notes.pulls += 1);
    }
}

/// A raw source is named in the assertions of the tests that it is for.
macro_rules! pulls {
    () => {
        /// Counts how often it is polled, now and later.
        #[must_use]
        pub fn pulls(&self) -> crate::testing::Pulls {
            self.raw.pulls.clone()
        }

        /// Lets this counter count how often it is polled, which may be that of other sources too.
        pub fn counted_by(mut self, pulls: &crate::testing::Pulls) -> Self {
            self.raw.pulls = pulls.clone();
            self
        }
    };
}

use pulls;
