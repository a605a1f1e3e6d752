//! The client: it sends a file, and reads back what the server made of it.

use std::io::{self, Cursor};
use std::net::SocketAddr;
use std::path::PathBuf;

use async_compression::futures::bufread::ZstdDecoder;
use byte_stream::{FromFuturesRead, FromOwned, Inspect};
use compio::fs::File;
use compio::io::{AsyncWrite, AsyncWriteExt};
use compio::net::TcpStream;
use futures_util::TryStreamExt;

use crate::count::{Meter, Metered};
use crate::linux::Steps;

/// Says what sending and reading back took.
pub(crate) async fn send_and_read_back(path: PathBuf, address: SocketAddr) -> io::Result<Steps> {
    let (incoming, mut outgoing) = TcpStream::connect(address).await?.into_split();

    let sent = Meter::start();
    let file = Metered(Cursor::new(File::open(path).await?), sent.clone());
    let mut chunks = Inspect::new(Box::pin(FromOwned::compio_0_10(file)), sent.clone());
    while let Some(chunk) = chunks.try_next().await? {
        outgoing.write_all(chunk).await.0?;
    }
    outgoing.shutdown().await?;
    let sent = sent.figures();

    let back = Meter::start();
    let stored = Box::pin(FromOwned::compio_0_10(Metered(incoming, back.clone())));
    let mut chunks = Inspect::new(FromFuturesRead::new(ZstdDecoder::new(stored)), back.clone());
    while chunks.try_next().await?.is_some() {}
    Ok((sent, back.figures()))
}
