//! The server: it compresses what comes, stores it, and sends what is stored.

use std::io::{self, Cursor};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::mpsc::Sender;

use async_compression::futures::bufread::ZstdEncoder;
use byte_stream::owned::OwnedRead;
use byte_stream::{ByteStream, FromFuturesRead, FromOwned, Inspect};
use compio::BufResult;
use compio::fs::File;
use compio::io::{AsyncReadManaged, AsyncWrite, AsyncWriteAtExt, AsyncWriteExt};
use compio::net::{TcpListener, TcpStream};

use crate::count::{Meter, Metered};
use crate::linux::Steps;

const BUFFER: usize = 256 * 1024;

/// Any stream, as a reader of compio's.
#[derive(ByteStream)]
#[byte_stream(only(futures), compio_0_10)]
struct Outgoing<S>(S);

/// Serves one client, and says what receiving and storing took.
pub(crate) async fn serve_one(path: PathBuf, tell: Sender<SocketAddr>) -> io::Result<Steps> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    // If nobody is there to hear it, there will be no client either.
    let _ = tell.send(listener.local_addr()?);
    let (incoming, outgoing) = listener.accept().await?.0.into_split();
    let steps = store(incoming, &path).await?;
    send(&path, outgoing).await?;
    Ok(steps)
}

/// Compresses all that comes into a file.
async fn store(tcp: TcpStream, path: &PathBuf) -> io::Result<Steps> {
    let (received, stored) = (Meter::start(), Meter::start());
    let incoming = Box::pin(FromOwned::compio_0_10(Metered(tcp, received.clone())));
    // A stream is a futures `AsyncBufRead`, which is all that the codec asks for.
    let compressed = FromFuturesRead::new(ZstdEncoder::new(Inspect::new(incoming, received.clone())));
    let mut compressed = Inspect::new(compressed, stored.clone());
    let mut file = File::create(path).await?;
    let (mut position, mut buf) = (0, Vec::with_capacity(BUFFER));
    loop {
        let read;
        (read, buf) = compressed.read_owned(buf).await;
        let ended = read? == 0;
        // The encoder gives little at a time: it is gathered, so that a write is worth its while.
        if ended || buf.len() > BUFFER / 2 {
            let written;
            stored.operation();
            BufResult(written, buf) = file.write_all_at(buf, position).await;
            written?;
            position += buf.len() as u64;
            buf.clear();
        }
        if ended {
            return Ok((received.figures(), stored.figures()));
        }
    }
}

/// Sends the file, chunk by chunk as it is read.
async fn send(path: &PathBuf, mut tcp: TcpStream) -> io::Result<()> {
    let file = Box::pin(FromOwned::compio_0_10(Cursor::new(File::open(path).await?)));
    let mut outgoing = Outgoing(file);
    while let Some(chunk) = outgoing.read_managed(0).await? {
        tcp.write_all(chunk).await.0?;
    }
    tcp.shutdown().await
}
