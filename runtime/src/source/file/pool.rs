//! What may block: on tokio's pool where there is a runtime, else on the spot.

use std::fs::File;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use bytes::BytesMut;
use tokio::runtime::Handle;
use tokio::task::JoinHandle;

use crate::error::carry;

/// Does what may block.
pub(super) async fn run<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> io::Result<T> {
    match Handle::try_current() {
        Ok(runtime) => runtime.spawn_blocking(work).await.map_err(carry)?,
        Err(_) => work(),
    }
}

/// Reads at `position`, and waits for the disk. 0 is the end of the file.
pub(super) fn read_at(file: &File, memory: &mut [u8], position: u64) -> io::Result<usize> {
    loop {
        #[cfg(unix)]
        let read = std::os::unix::fs::FileExt::read_at(file, memory, position);
        #[cfg(windows)]
        let read = std::os::windows::fs::FileExt::seek_read(file, memory, position);
        match read {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            read => return read,
        }
    }
}

/// A read of one block. It owns what it reads from and what it reads into, wherever it runs.
pub(super) struct Read {
    pub(super) file: Arc<File>,
    pub(super) block: BytesMut,
    pub(super) position: u64,
    /// At most so many bytes of the block.
    pub(super) want: usize,
}

/// A block, and how many bytes of it came.
pub(super) type Filled = (BytesMut, usize);

impl Read {
    pub(super) fn run(mut self) -> io::Result<Filled> {
        let n = read_at(&self.file, &mut self.block[..self.want], self.position)?;
        Ok((self.block, n))
    }

    pub(super) fn spawn(self, runtime: &Handle) -> InFlight {
        InFlight(runtime.spawn_blocking(|| self.run()))
    }
}

/// A [`Read`] on the pool. Dropped before it has begun, it never does; later, it goes on and frees what it owns.
pub(super) struct InFlight(JoinHandle<io::Result<Filled>>);

impl InFlight {
    /// Fails with what the read fails with, or if the pool is gone.
    pub(super) fn poll(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<Filled>> {
        Poll::Ready(ready!(Pin::new(&mut self.0).poll(cx)).map_err(carry)?)
    }
}

impl Drop for InFlight {
    fn drop(&mut self) {
        self.0.abort();
    }
}
