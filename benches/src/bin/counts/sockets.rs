//! In what chunks a socket's bytes come. This depends on who runs when, so it is shown and not held to anything.

use std::io::{self, Write};
use std::net::{TcpListener, TcpStream};
use std::pin::pin;
use std::thread;

use byte_stream::FromRead;
use byte_stream_benches::source::memory;
use bytes::Bytes;
use futures_util::{Stream, TryStreamExt};
use tokio::runtime::Builder;
use tokio_util::io::ReaderStream;

use crate::report::Report;

pub(crate) fn count(report: &mut Report) -> io::Result<()> {
    let theirs = slivers(|tcp| ReaderStream::with_capacity(tcp, 65_536))?;
    let ours = slivers(FromRead::new)?;
    report.line(
        "S5",
        "TCP, writes of 256 KiB → Stream",
        "% chunks under 256 B",
        ("ReaderStream 64 KiB", theirs),
        ours,
        f64::INFINITY,
    );
    Ok(())
}

/// How many of a hundred chunks are smaller than 256 bytes.
fn slivers<S>(stream: impl FnOnce(tokio::net::TcpStream) -> S) -> io::Result<f64>
where
    S: Stream<Item = io::Result<Bytes>>,
{
    const WRITES: usize = 256;
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let mut there = TcpStream::connect(listener.local_addr()?)?;
    let (here, _) = listener.accept()?;
    here.set_nonblocking(true)?;
    let writer = thread::spawn(move || (0..WRITES).try_for_each(|_| there.write_all(memory(256 * 1024))));
    let (mut slivers, mut chunks) = (0_u32, 0_u32);
    Builder::new_current_thread().enable_io().build()?.block_on(async {
        let mut stream = pin!(stream(tokio::net::TcpStream::from_std(here)?));
        while let Some(chunk) = stream.try_next().await? {
            slivers += u32::from(chunk.len() < 256);
            chunks += 1;
        }
        io::Result::Ok(())
    })?;
    writer.join().expect("the writer does not panic")?;
    Ok(100.0 * f64::from(slivers) / f64::from(chunks))
}
