//! Clients that break off, or stop in the middle.

use std::process::Stdio;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::timeout;

use super::site::{BIG, LARGEST, Site, noise};
use crate::Result;

pub(super) async fn check(site: &mut Site) -> Result<()> {
    broken_uploads(site).await?;
    killed(site).await?;
    let is_told = deaf(site).await?;
    site.check("a client that does not listen before it has sent all is told so", is_told);
    let (reader, writer) = tokio::join!(slow_reader(site), slow_writer(site));
    let (reader, writer) = (reader?, writer?);
    site.check("a client that stops reading loses its connection", reader);
    site.check("a client that stops sending is told so, and leaves nothing behind", writer);
    Ok(())
}

async fn broken_uploads(site: &mut Site) -> Result<()> {
    let broken = [
        ("shorter than its length", "content-length: 1000\r\n\r\nhello"),
        ("without its last chunk", "transfer-encoding: chunked\r\n\r\n5\r\nhello\r\n"),
    ];
    for (what, rest) in broken {
        let is_refused = break_off(begin(site, rest).await?).await?;
        let is_gone = site.comes_true(|site| !site.has("broken") && site.drafts().is_empty()).await;
        site.check(&format!("an upload that is {what} leaves nothing behind"), is_refused && is_gone);
    }

    let rest = site.scratch("rest", ", you")?.display().to_string();
    let rest = ["-T", &rest, "-H", "content-range: bytes 5-9/10"];
    let part = begin(site, "content-range: bytes 0-9/10\r\ncontent-length: 10\r\n\r\nhello").await?;
    site.comes_true(|site| site.read(".broken.partial").is_ok_and(|partial| partial == b"hello")).await;
    let status = site.curl("broken", &rest).await?.status;
    site.check("nobody goes on with a part that somebody else is at", status == 409);
    let is_refused = break_off(part).await?;
    let so_far = site.curl("broken?partial", &[]).await?.body;
    let status = site.curl("broken", &rest).await?.status;
    let goes_on = so_far == b"hello" && status == 201 && site.read("broken")? == b"hello, you";
    site.check("a part that is broken off goes on where it was", is_refused && goes_on && site.drafts().is_empty());
    Ok(())
}

/// Sends a part of an upload.
async fn begin(site: &Site, rest: &str) -> Result<TcpStream> {
    let mut socket = TcpStream::connect(site.address).await?;
    socket.write_all(format!("PUT /broken HTTP/1.1\r\nhost: localhost\r\n{rest}").as_bytes()).await?;
    Ok(socket)
}

/// Sends no more. Whether there is no answer but that this is wrong.
async fn break_off(mut socket: TcpStream) -> Result<bool> {
    socket.shutdown().await?;
    let mut answer = String::new();
    timeout(Duration::from_secs(10), socket.read_to_string(&mut answer)).await??;
    Ok(answer.is_empty() || answer.starts_with("HTTP/1.1 400"))
}

async fn killed(site: &mut Site) -> Result<()> {
    let file = site.scratch("file", noise(8 << 20))?;
    let mut curl = site.command("killed");
    let mut curl = curl.args(["--limit-rate", "1M", "--upload-file"]).arg(file).stdout(Stdio::null()).spawn()?;
    let has_begun =
        site.comes_true(|site| site.drafts().iter().any(|path| path.metadata().is_ok_and(|file| file.len() > 0)));
    let has_begun = has_begun.await;
    curl.kill().await?;
    let is_gone = site.comes_true(|site| !site.has("killed") && site.drafts().is_empty()).await;
    site.check("an upload whose curl is killed leaves nothing behind", has_begun && is_gone);
    Ok(())
}

async fn deaf(site: &Site) -> Result<bool> {
    let mut socket = TcpStream::connect(site.address).await?;
    socket.write_all(b"PUT /deaf HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\n").await?;
    let mebibyte = [b"100000\r\n", &noise(1 << 20)[..], b"\r\n"].concat();
    let mut sent = Ok(());
    for _ in 0..(2 * LARGEST) >> 20 {
        sent = sent.and(socket.write_all(&mebibyte).await);
    }
    let mut answer = [0; 12];
    let read = timeout(Duration::from_secs(10), socket.read_exact(&mut answer)).await;
    Ok(sent.is_ok() && read.is_ok_and(|read| read.is_ok()) && &answer == b"HTTP/1.1 413")
}

async fn slow_reader(site: &Site) -> Result<bool> {
    let socket = TcpSocket::new_v4()?;
    // Or the kernel would take all of it.
    socket.set_recv_buffer_size(16 * 1024)?;
    let mut socket = socket.connect(site.address).await?;
    socket.write_all(format!("GET /{BIG}?slow HTTP/1.1\r\nhost: localhost\r\n\r\n").as_bytes()).await?;
    socket.read_exact(&mut [0; 1024]).await?;
    let is_dropped = site.comes_true(|site| site.has_logged(&["uri=/big.bin?slow", "dropped"])).await;
    if !is_dropped {
        return Ok(false);
    }
    let rest = timeout(Duration::from_secs(10), tokio::io::copy(&mut socket, &mut tokio::io::sink())).await?;
    Ok(rest.map_or(true, |rest| rest < 8 << 20))
}

async fn slow_writer(site: &Site) -> Result<bool> {
    let mut socket = TcpStream::connect(site.address).await?;
    socket.write_all(b"PUT /slow HTTP/1.1\r\nhost: localhost\r\ncontent-length: 1000\r\n\r\nhello").await?;
    let mut answer = [0; 12];
    let read = timeout(Duration::from_secs(10), socket.read_exact(&mut answer)).await;
    Ok(read.is_ok()
        && &answer == b"HTTP/1.1 408"
        && site.comes_true(|site| !site.has("slow") && site.drafts().is_empty()).await)
}
