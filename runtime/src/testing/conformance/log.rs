//! An inspector that remembers what it saw.

use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use crate::Inspector;

/// An [`Inspector`] that remembers every byte it was shown, for [`Conformance::inspected`](super::Conformance::inspected).
#[derive(Clone, Debug, Default)]
pub struct Log(Arc<Mutex<Shown>>);

#[derive(Debug, Default)]
struct Shown {
    /// Somebody inspects with it.
    is_used: bool,
    bytes: Vec<u8>,
}

impl Log {
    /// An inspector that writes into this log.
    #[must_use]
    pub fn inspector(&self) -> impl Inspector + Send + Sync + Unpin + use<> {
        self.with(|shown| shown.is_used = true);
        self.clone()
    }

    /// Looks at what was shown, if anybody inspects.
    pub(super) fn look<T>(&self, f: impl FnOnce(&[u8]) -> T) -> Option<T> {
        self.with(|shown| shown.is_used.then(|| f(&shown.bytes)))
    }

    fn with<T>(&self, f: impl FnOnce(&mut Shown) -> T) -> T {
        f(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Inspector for Log {
    fn bytes(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.with(|shown| shown.bytes.extend_from_slice(bytes));
        Ok(())
    }
}
