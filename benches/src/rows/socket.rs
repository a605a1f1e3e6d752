//! S6: a socket, as a stream. The time is that of the thread that reads: on the wall it would be the sender's.

use std::io::{self, Write};
use std::net::{TcpListener, TcpStream};
use std::pin::pin;
use std::thread;

use byte_stream::FromRead;
use bytes::Bytes;
use futures_util::stream::{Stream, TryStreamExt};
use tokio::runtime::Builder;
use tokio_util::io::ReaderStream;

use super::human;
use crate::harness::Row;
use crate::source::memory;

const WRITE: usize = 256 * 1024;
const TOTAL: usize = 128 * WRITE;

pub(super) fn rows() -> Vec<Row> {
    let mut row = Row::new("S6", "TCP, writes of 256 KiB → Stream", WRITE, TOTAL);
    for capacity in [4_096, 65_536, 262_144] {
        let name = format!("ReaderStream {}", human(capacity));
        row =
            row.peer(name, move || receive(|tcp| ReaderStream::with_capacity(tcp, capacity)).expect("it is received"));
    }
    vec![row.ours(|| receive(FromRead::new).expect("it is received")).default(1.4, 1.25)]
}

fn receive<S>(stream: impl FnOnce(tokio::net::TcpStream) -> S) -> io::Result<usize>
where
    S: Stream<Item = io::Result<Bytes>>,
{
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let mut there = TcpStream::connect(listener.local_addr()?)?;
    let (here, _) = listener.accept()?;
    here.set_nonblocking(true)?;
    let sender = thread::spawn(move || (0..TOTAL / WRITE).try_for_each(|_| there.write_all(memory(WRITE))));
    let came = Builder::new_current_thread().enable_io().build()?.block_on(async {
        let mut stream = pin!(stream(tokio::net::TcpStream::from_std(here)?));
        let mut came = 0;
        while let Some(chunk) = stream.try_next().await? {
            came += chunk.len();
        }
        io::Result::Ok(came)
    })?;
    sender.join().expect("the sender does not panic")?;
    Ok(came)
}
