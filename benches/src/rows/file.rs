//! F: a file, as a stream.

use std::cell::RefCell;
use std::io::{self, Write};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::pin::pin;
use std::rc::Rc;
use std::{env, fs, process};

use byte_stream::{ByteStreamExt, FromFile};
use bytes::Bytes;
use futures_util::stream::{Stream, TryStreamExt};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio::runtime::{Builder, Runtime};
use tokio_util::io::ReaderStream;

use super::human;
use super::sink::{self, Sink};
use crate::drain::with_pages;
use crate::harness::{Clock, Row};
use crate::source::memory;

const PIECE: usize = 1 << 20;
const SIZE: usize = 128 * PIECE;
/// What `ReaderStream` is tried with, the capacity that it comes with first.
const CAPACITIES: [usize; 5] = [4_096, 65_536, 262_144, 524_288, 1_048_576];
/// With how much the limit is tried.
const READS: [usize; 4] = [32_768, 65_536, 131_072, 262_144];

/// A file and a runtime, for all variants.
pub(super) struct Disk {
    path: PathBuf,
    runtime: Runtime,
}

impl Disk {
    /// Beside the program: on a disk, as a folder for temporary files may not be.
    fn new() -> io::Result<Disk> {
        let path = env::current_exe()?.with_file_name(format!("peers-{}", process::id()));
        let mut file = fs::File::create(&path)?;
        (0..SIZE / PIECE).try_for_each(|_| file.write_all(memory(PIECE)))?;
        // What is not on the disk cannot leave the page cache.
        file.sync_all()?;
        Ok(Disk { path, runtime: Builder::new_current_thread().enable_io().build()? })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    fn drain<S: Stream<Item = io::Result<Bytes>>>(&self, open: impl Future<Output = io::Result<S>>) -> usize {
        let came = self.runtime.block_on(async {
            let mut stream = pin!(open.await?);
            let mut came = 0;
            while let Some(chunk) = stream.try_next().await? {
                came += chunk.len();
            }
            io::Result::Ok(came)
        });
        came.expect("the file is read")
    }

    async fn theirs(&self, capacity: usize) -> io::Result<ReaderStream<tokio::fs::File>> {
        let mut file = tokio::fs::File::open(&self.path).await?;
        file.set_max_buf_size(capacity.max(2 << 20));
        Ok(ReaderStream::with_capacity(file, capacity))
    }

    /// Reads on the spot, into one buffer.
    fn plain(&self, size: usize) -> usize {
        let file = fs::File::open(&self.path).expect("there is a file");
        with_pages(size, |pages| {
            let mut came = 0;
            loop {
                match file.read_at(pages, came as u64).expect("it is read") {
                    0 => return came,
                    n => came += n,
                }
            }
        })
    }

    /// Reads once what the page cache has nothing of, and says how long it took.
    fn cold(&self, clock: Clock, run: impl FnOnce(&Self) -> usize) -> f64 {
        let file = fs::File::open(&self.path).expect("there is a file");
        rustix::fs::fadvise(&file, 0, None, rustix::fs::Advice::DontNeed).expect("the page cache can be told");
        drop(file);
        let start = clock.seconds();
        let came = run(self);
        let seconds = clock.seconds() - start;
        assert_eq!(came, SIZE);
        seconds
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // It is only a file too many if this fails.
        let _ = fs::remove_file(&self.path);
    }
}

pub(super) fn rows() -> Vec<Row> {
    let disk = Rc::new(Disk::new().expect("a file of 128 MB can be made"));
    let mut rows = vec![
        hot(&disk),
        cold(&disk, Clock::Wall).best(1.1, 1.0).of_limit(0.97, 0.9),
        cold(&disk, Clock::Process).best(1.6, 1.4),
        sent(&disk, Clock::Wall).default(15.0, 11.0).best(1.4, 1.2),
        sent(&disk, Clock::Process).default(15.0, 11.0).best(1.4, 1.2),
    ];
    #[cfg(target_os = "linux")]
    rows.extend(super::ring::rows(&disk));
    rows
}

fn hot(disk: &Rc<Disk>) -> Row {
    let mut row = Row::new("F1", "file of 128 MB, hot → Stream", PIECE, SIZE).on_the_wall();
    for capacity in CAPACITIES {
        let disk = disk.clone();
        let name = format!("File, ReaderStream {}", human(capacity));
        row = row.peer(name, move || disk.drain(disk.theirs(capacity)));
    }
    for size in READS {
        let disk = disk.clone();
        row = row.limit(format!("pread {}", human(size)), move || disk.plain(size));
    }
    let disk = disk.clone();
    row.ours(move || disk.drain(FromFile::open(&disk.path))).default(20.0, 15.0).best(1.6, 1.4).of_limit(0.95, 0.85)
}

fn cold(disk: &Rc<Disk>, clock: Clock) -> Row {
    let mut row = Row::new("F3", format!("file of 128 MB, cold → Stream, {}", told(clock)), PIECE, SIZE);
    for capacity in [524_288, 1_048_576] {
        let disk = disk.clone();
        let name = format!("File, ReaderStream {}", human(capacity));
        row = row.peer_tells(name, move || disk.cold(clock, |disk| disk.drain(disk.theirs(capacity))));
    }
    for size in READS {
        let disk = disk.clone();
        row = row.limit_tells(format!("pread {}", human(size)), move || disk.cold(clock, |disk| disk.plain(size)));
    }
    let disk = disk.clone();
    row.ours_tells(move || disk.cold(clock, |disk| disk.drain(FromFile::open(&disk.path))))
}

fn sent(disk: &Rc<Disk>, clock: Clock) -> Row {
    let socket = Rc::new(Socket::new(&disk.runtime).expect("there is loopback"));
    let mut row = Row::new("F4", format!("file of 128 MB, hot → TCP, {}", told(clock)), PIECE, SIZE);
    for capacity in [4_096, 524_288] {
        let (disk, socket) = (disk.clone(), socket.clone());
        row = row.peer_tells(format!("File, ReaderStream {}", human(capacity)), move || {
            socket.send(&disk.runtime, clock, async |tcp| {
                let mut stream = disk.theirs(capacity).await?;
                let mut sent = 0;
                while let Some(chunk) = stream.try_next().await? {
                    tcp.write_all(&chunk).await?;
                    sent += chunk.len() as u64;
                }
                Ok(sent)
            })
        });
    }
    let disk = disk.clone();
    row.ours_tells(move || {
        socket.send(&disk.runtime, clock, async |tcp| FromFile::open(&disk.path).await?.copy_to(tcp).await)
    })
}

/// A socket that files are sent to.
struct Socket {
    tcp: RefCell<TcpStream>,
    sink: Sink,
}

impl Socket {
    fn new(runtime: &Runtime) -> io::Result<Socket> {
        let (here, sink) = sink::connect()?;
        let tcp = runtime.block_on(async { TcpStream::from_std(here) })?;
        Ok(Socket { tcp: RefCell::new(tcp), sink })
    }

    /// Sends the file once, and says how long it took, but for what the sink did.
    fn send(&self, runtime: &Runtime, clock: Clock, send: impl AsyncFnOnce(&mut TcpStream) -> io::Result<u64>) -> f64 {
        let now = || clock.seconds() - if clock == Clock::Process { self.sink.seconds() } else { 0.0 };
        let start = now();
        let sent = runtime.block_on(send(&mut self.tcp.borrow_mut()));
        let seconds = now() - start;
        assert_eq!(sent.expect("the file is sent"), SIZE as u64);
        seconds
    }
}

fn told(clock: Clock) -> &'static str {
    if clock == Clock::Wall { "wall" } else { "CPU" }
}
