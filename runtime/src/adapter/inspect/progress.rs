//! A progress bar.

use std::io;

use indicatif::ProgressBar;

use super::{Inspector, Outcome};
use crate::ByteStream;

/// Shows the bytes of an [`Inspect`](super::Inspect) on indicatif's [`ProgressBar`].
///
/// The bar advances by the bytes that pass. When they have ended well it is finished as
/// [`with_finish`](ProgressBar::with_finish) says; when the stream fails or is dropped before, it is abandoned, and stays where it was. Every
/// clone of the bar is the same one, so it can be looked at, and given a message, elsewhere.
///
/// # Examples
///
/// ```
/// use byte_stream::adapter::Progress;
/// use byte_stream::{ByteStreamExt, Inspect, stream};
/// use indicatif::ProgressBar;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> std::io::Result<()> {
/// let bar = ProgressBar::hidden();
/// let body = stream!["hello, ", "world"];
/// let progress = Progress::of(&body, bar.clone());
/// let body = Inspect::new(body, progress);
/// assert_eq!(bar.length(), Some(12));
/// body.collect_bytes().await?;
/// assert!(bar.is_finished());
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// Advances `bar`, and leaves its length as it is.
    #[must_use]
    pub fn new(bar: ProgressBar) -> Self {
        Progress { bar }
    }

    /// Advances `bar`, which becomes as long as `stream`, where that knows its length. What the bar shows already counts as passed.
    #[must_use]
    pub fn of<S: ByteStream + ?Sized>(stream: &S, bar: ProgressBar) -> Self {
        if let (least, Some(most)) = stream.bytes_left() {
            if least == most {
                bar.set_length(bar.position().saturating_add(least));
            }
        }
        Progress { bar }
    }

    /// The bar.
    #[must_use]
    pub fn bar(&self) -> &ProgressBar {
        &self.bar
    }
}

impl Inspector for Progress {
    fn bytes(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.bar.inc(bytes.len() as u64);
        Ok(())
    }

    fn end(&mut self, outcome: &Outcome<'_>) {
        match outcome {
            Outcome::Complete => self.bar.finish_using_style(),
            Outcome::Failed(_) | Outcome::Dropped => self.bar.abandon(),
        }
    }
}
