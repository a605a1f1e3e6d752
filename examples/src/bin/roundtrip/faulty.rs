//! A server that closes the socket in the middle of every message.

use std::io;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// Reads at most half of what a client uploads, and sends half of what it announces. `length` is that of the whole.
pub(crate) async fn start(length: u64) -> io::Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}", listener.local_addr()?);
    tokio::spawn(async move {
        while let Ok((socket, _)) = listener.accept().await {
            tokio::spawn(break_off(socket, length / 2));
        }
    });
    Ok(url)
}

async fn break_off(mut socket: TcpStream, half: u64) -> io::Result<()> {
    let mut request = [0; 16 * 1024];
    let n = socket.read(&mut request).await?;
    let request = String::from_utf8_lossy(&request[..n]);
    if request.starts_with("PUT") {
        // A compressed upload may be short, so little of it is read.
        let (mut reader, _writer) = socket.split();
        tokio::io::copy(&mut (&mut reader).take(half / 16), &mut tokio::io::sink()).await?;
        return Ok(());
    }
    let body = vec![b'x'; usize::try_from(half).unwrap_or(usize::MAX).min(1 << 20)];
    let head = if request.starts_with("GET /identity") {
        format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", half * 2)
    } else {
        format!("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n{:x}\r\n", half * 2)
    };
    socket.write_all(head.as_bytes()).await?;
    socket.write_all(&body).await?;
    socket.shutdown().await
}
