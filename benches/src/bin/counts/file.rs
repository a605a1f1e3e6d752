//! A file: reads, hops to the pool, memory, copies.

use std::future::poll_fn;
use std::io::{self, Write};
use std::path::Path;
use std::pin::pin;
use std::{env, fs};

use byte_stream::FromFile;
use byte_stream_benches::source::memory;
use bytes::Bytes;
use futures_util::Stream;
use tokio::runtime::{Builder, Runtime};
use tokio_util::io::ReaderStream;

use crate::meter::each_byte;
use crate::report::Report;
use crate::ring;

const PIECE: usize = 1 << 20;
pub(crate) const SIZE: usize = 8 * PIECE;
const MB: f64 = 1e6;

pub(crate) fn count(report: &mut Report) -> io::Result<()> {
    // Beside the program: on a disk, as a folder for temporary files may not be.
    let folder = env::current_exe()?.with_file_name(format!("counts-{}", std::process::id()));
    fs::create_dir(&folder)?;
    let counted = count_in(&folder, report);
    fs::remove_dir_all(&folder)?;
    counted
}

fn count_in(folder: &Path, report: &mut Report) -> io::Result<()> {
    for size in [SIZE, 2 * SIZE] {
        let mut file = fs::File::create(folder.join(size.to_string()))?;
        (0..size / PIECE).try_for_each(|_| file.write_all(memory(PIECE)))?;
    }
    let runtime = Builder::new_current_thread().build()?;
    let theirs = |size: usize| {
        let path = folder.join(size.to_string());
        run(&runtime, async move { ReaderStream::new(tokio::fs::File::open(path).await.expect("there is a file")) })
    };
    let ours = |size: usize| {
        let path = folder.join(size.to_string());
        run(&runtime, async move { FromFile::open(path).await.expect("there is a file") })
    };
    let ([their_allocations, their_copies], [our_allocations, our_copies]) =
        (each_byte(SIZE, theirs), each_byte(SIZE, ours));
    let peer = "File + ReaderStream";
    let (their_hops, our_hops) = (hops_a_byte(theirs)?, hops_a_byte(ours)?);
    let workload = "file, hot → Stream";
    report.line("F2", workload, "pool hops a MB", (peer, their_hops * MB), our_hops * MB, 0.0);
    report.line("F2", workload, "allocations a MB", (peer, their_allocations * MB), our_allocations * MB, 0.1);
    // The kernel copies each byte once, and our meter does not see it.
    report.line("F2", workload, "copies a byte", (peer, 1.0 + their_copies), 1.0 + our_copies, 1.001);
    ring::count(folder, report)
}

fn run<S: Stream<Item = io::Result<Bytes>>>(runtime: &Runtime, open: impl Future<Output = S>) -> usize {
    runtime.block_on(async {
        let mut stream = pin!(open.await);
        let mut came = 0;
        while let Some(chunk) = poll_fn(|cx| stream.as_mut().poll_next(cx)).await {
            came += chunk.expect("a file is read").len();
        }
        came
    })
}

/// How many reads other threads than this one make for each byte more.
fn hops_a_byte(run: impl Fn(usize) -> usize) -> io::Result<f64> {
    let mut hops = [0; 2];
    for (hops, size) in hops.iter_mut().zip([SIZE, 2 * SIZE]) {
        let before = reads("self")? - reads("thread-self")?;
        assert_eq!(run(size), size);
        *hops = reads("self")? - reads("thread-self")? - before;
    }
    Ok((hops[1] - hops[0]) as f64 / SIZE as f64)
}

/// How many reads a process or a thread has made, as the kernel counts them.
fn reads(who: &str) -> io::Result<i64> {
    let told = fs::read_to_string(format!("/proc/{who}/io"))?;
    let reads = told.lines().find_map(|line| line.strip_prefix("syscr: ")?.parse().ok());
    reads.ok_or_else(|| io::Error::other("the kernel counts no reads"))
}
