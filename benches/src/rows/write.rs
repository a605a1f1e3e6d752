//! W: a stream, written to a socket. The time is that of the thread that writes: the wall would show the other one's.

use std::cell::RefCell;
use std::rc::Rc;

use byte_stream::{ByteStreamExt, FromStream};
use futures_util::TryStreamExt;
use tokio::io::AsyncWriteExt;
use tokio::runtime::{Builder, Runtime};
use tokio_util::io::StreamReader;

use super::{human, sink};
use crate::harness::Row;
use crate::source::chunks;

/// A socket whose other end takes all that it gets.
struct Socket {
    runtime: Runtime,
    tcp: RefCell<tokio::net::TcpStream>,
}

impl Socket {
    fn new() -> std::io::Result<Socket> {
        let (here, _) = sink::connect()?;
        let runtime = Builder::new_current_thread().enable_io().build()?;
        let tcp = runtime.block_on(async { tokio::net::TcpStream::from_std(here) })?;
        Ok(Socket { runtime, tcp: RefCell::new(tcp) })
    }

    fn write(&self, write: impl AsyncFnOnce(&mut tokio::net::TcpStream) -> std::io::Result<u64>) -> usize {
        let mut tcp = self.tcp.borrow_mut();
        self.runtime.block_on(write(&mut tcp)).expect("it is written") as usize
    }
}

pub(super) fn rows() -> Vec<Row> {
    let socket = Rc::new(Socket::new().expect("there is loopback"));
    let rows = [(64, 30.0, 1_000_000), (1_500, 3.0, 10_000_000), (16_384, 0.95, 10_000_000)];
    rows.into_iter()
        .map(|(size, target, total)| row(&socket, size, total / size * size).best(target, 0.9 * target))
        .collect()
}

fn row(socket: &Rc<Socket>, size: usize, total: usize) -> Row {
    let [a, b, c, d] = [(); 4].map(|()| socket.clone());
    Row::new("W1", format!("Stream of {} → TCP", human(size)), size, total)
        .peer("copy", move || {
            a.write(async |tcp| tokio::io::copy(&mut StreamReader::new(chunks(size, total)), tcp).await)
        })
        .peer("copy_buf", move || {
            b.write(async |tcp| tokio::io::copy_buf(&mut StreamReader::new(chunks(size, total)), tcp).await)
        })
        .peer("write_all", move || {
            c.write(async |tcp| {
                let mut chunks = chunks(size, total);
                let mut written = 0;
                while let Some(chunk) = chunks.try_next().await? {
                    tcp.write_all(&chunk).await?;
                    written += chunk.len() as u64;
                }
                Ok(written)
            })
        })
        .ours(move || d.write(async |tcp| FromStream::new(chunks(size, total)).copy_to(tcp).await))
}
