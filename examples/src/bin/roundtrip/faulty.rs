//! A server that closes the socket in the middle of every message.

use std::io;
use std::path::{Path, PathBuf};

use byte_stream::FromRead;
use byte_stream::codec::Encoding;
use futures_util::TryStreamExt;
use tokio::fs::File;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::coding::encoded;

/// Reads a little of what a client uploads, and sends half of the file at `path`.
pub(crate) async fn start(path: &Path) -> io::Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}", listener.local_addr()?);
    let path = path.to_owned();
    tokio::spawn(async move {
        while let Ok((socket, _)) = listener.accept().await {
            tokio::spawn(break_off(socket, path.clone()));
        }
    });
    Ok(url)
}

async fn break_off(mut socket: TcpStream, path: PathBuf) -> io::Result<()> {
    let mut request = [0; 16 * 1024];
    let n = socket.read(&mut request).await?;
    let request = String::from_utf8_lossy(&request[..n]);
    let Some(name) = request.strip_prefix("GET /").and_then(|rest| rest.split(' ').next()) else {
        // An upload.
        socket.read_exact(&mut [0; 16 * 1024]).await?;
        return Ok(());
    };
    let coding = name.parse().unwrap_or(Encoding::Identity);
    let file = File::open(path).await?;
    let length = file.metadata().await?.len();
    // The half is encoded as if it were the whole, so that a decoder finds nothing wrong with it.
    let mut half = encoded(FromRead::new(file.take(length / 2)), coding)?;
    if coding == Encoding::Identity {
        let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n");
        socket.write_all(head.as_bytes()).await?;
        tokio::io::copy(&mut half, &mut socket).await?;
    } else {
        socket.write_all(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n").await?;
        while let Some(chunk) = half.try_next().await? {
            socket.write_all(format!("{:x}\r\n", chunk.len()).as_bytes()).await?;
            socket.write_all(&chunk).await?;
            socket.write_all(b"\r\n").await?;
        }
    }
    socket.shutdown().await
}
