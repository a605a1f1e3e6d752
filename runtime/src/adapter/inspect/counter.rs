//! Counting.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::Inspector;

/// Counts the bytes of an [`Inspect`](super::Inspect). The count can be read elsewhere, also when the stream is gone.
///
/// # Examples
///
/// ```
/// use byte_stream::adapter::Counter;
/// use byte_stream::{ByteStreamExt, Inspect, stream};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> std::io::Result<()> {
/// let counter = Counter::new();
/// let count = counter.count();
/// let body = Inspect::new(stream!["hello"], counter);
/// tokio::spawn(body.collect_bytes()).await??;
/// assert_eq!(count.get(), 5);
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Default)]
pub struct Counter {
    count: ByteCount,
}

/// A number of bytes that somebody else counts.
#[derive(Clone, Debug, Default)]
pub struct ByteCount(Arc<AtomicU64>);

impl Counter {
    /// Begins with 0.
    #[must_use]
    pub fn new() -> Self {
        Counter::default()
    }

    /// The number of bytes, now and later.
    #[must_use]
    pub fn count(&self) -> ByteCount {
        self.count.clone()
    }
}

impl ByteCount {
    /// The number of bytes so far.
    #[must_use]
    pub fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }

    pub(crate) fn add(&self, n: usize) {
        self.0.fetch_add(n as u64, Ordering::Relaxed);
    }
}

impl Inspector for Counter {
    fn bytes(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.count.add(bytes.len());
        Ok(())
    }
}
