//! A file that the kernel's ring reads: memory, copies.

use std::future::poll_fn;
use std::io;
use std::path::Path;
use std::pin::pin;

use byte_stream::FromOwned;
use bytes::BytesMut;
use futures_util::Stream;
use tokio_uring::fs::File;

use crate::file::SIZE;
use crate::meter::each_byte;
use crate::report::Report;

const BLOCK: usize = 64 * 1024;

/// Counts with the files of a folder, each named by its size. Without a ring there is nothing to count.
pub(crate) fn count(folder: &Path, report: &mut Report) -> io::Result<()> {
    if let Err(error) = tokio_uring::Runtime::new(&tokio_uring::builder()) {
        eprintln!("there is no ring, so U1 is not counted: {error}");
        return Ok(());
    }
    let path = |size: usize| folder.join(size.to_string());
    let [their_allocations, their_copies] = each_byte(SIZE, |size| theirs(&path(size)));
    let [our_allocations, our_copies] = each_byte(SIZE, |size| ours(&path(size)));
    let (workload, peer) = ("file on the ring → Stream", "tokio-uring, fresh Vec of 64 KiB");
    report.line("U1", workload, "allocations a MB", (peer, their_allocations * 1e6), our_allocations * 1e6, 0.2);
    // Besides the kernel's own copy.
    report.line("U1", workload, "copies a byte", (peer, their_copies), our_copies, 0.001);
    Ok(())
}

fn theirs(path: &Path) -> usize {
    tokio_uring::start(async {
        let file = File::open(path).await.expect("there is a file");
        let mut came = 0;
        loop {
            let (read, _chunk) = file.read_at(Vec::with_capacity(BLOCK), came as u64).await;
            match read.expect("it is read") {
                0 => return came,
                n => came += n,
            }
        }
    })
}

fn ours(path: &Path) -> usize {
    tokio_uring::start(async {
        let file = File::open(path).await.expect("there is a file");
        let mut stream =
            pin!(FromOwned::from_fn((file, 0), |(file, position): (File, u64), buf: BytesMut| async move {
                let (read, buf) = file.read_at(buf, position).await;
                let came = read.as_ref().map_or(0, |n| *n as u64);
                ((file, position + came), (read, buf))
            }));
        let mut came = 0;
        while let Some(chunk) = poll_fn(|cx| stream.as_mut().poll_next(cx)).await {
            came += chunk.expect("it is read").len();
        }
        came
    })
}
