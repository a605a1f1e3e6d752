//! F: a file, as a stream.

use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::pin::pin;
use std::rc::Rc;
use std::{env, fs, process};

use byte_stream::FromFile;
use bytes::Bytes;
use futures_util::stream::{Stream, TryStreamExt};
use tokio::runtime::{Builder, Runtime};
use tokio_util::io::ReaderStream;

use super::human;
use crate::harness::Row;
use crate::source::memory;

const PIECE: usize = 1 << 20;
const SIZE: usize = 128 * PIECE;

/// A file and a runtime, for all variants.
struct Disk {
    path: PathBuf,
    runtime: Runtime,
}

impl Disk {
    /// Beside the program: on a disk, as a folder for temporary files may not be.
    fn new() -> io::Result<Disk> {
        let path = env::current_exe()?.with_file_name(format!("peers-{}", process::id()));
        let mut file = fs::File::create(&path)?;
        (0..SIZE / PIECE).try_for_each(|_| file.write_all(memory(PIECE)))?;
        Ok(Disk { path, runtime: Builder::new_current_thread().build()? })
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
}

impl Drop for Disk {
    fn drop(&mut self) {
        // It is only a file too many if this fails.
        let _ = fs::remove_file(&self.path);
    }
}

pub(super) fn rows() -> Vec<Row> {
    vec![hot()]
}

fn hot() -> Row {
    let disk = Rc::new(Disk::new().expect("a file of 128 MB can be made"));
    let mut row = Row::new("F1", "file of 128 MB, hot → Stream", PIECE, SIZE).on_the_wall();
    for capacity in [4_096, 65_536, 262_144, 1_048_576] {
        let disk = disk.clone();
        row = row.peer(format!("File, ReaderStream {}", human(capacity)), move || {
            disk.drain(async {
                let mut file = tokio::fs::File::open(&disk.path).await?;
                file.set_max_buf_size(capacity.max(2 << 20));
                Ok(ReaderStream::with_capacity(file, capacity))
            })
        });
    }
    let plain = disk.clone();
    row.ours(move || disk.drain(FromFile::open(&disk.path)))
        .limit("read(2)", move || {
            let mut file = fs::File::open(&plain.path).expect("there is a file");
            let mut buf = vec![0; 131_072];
            let mut came = 0;
            loop {
                match file.read(&mut buf).expect("it is read") {
                    0 => return came,
                    n => came += n,
                }
            }
        })
        .default(20.0, 15.0)
        .best(1.6, 1.4)
        .of_limit(0.95, 0.85)
}
