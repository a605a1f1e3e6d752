//! Provokes each answer, against a peer that really fails.

use std::time::Duration;

use async_compression::tokio::bufread::GzipEncoder;
use axum::Router;
use axum::routing::post;
use byte_stream::{ByteStreamExt, FromRead, stream};
use reqwest::header::CONTENT_ENCODING;
use reqwest::{Body, Client, StatusCode};
use tokio::io::AsyncReadExt;
use tokio::net::{TcpListener, TcpStream};

use crate::fault::Result;

const TIMEOUT: Duration = Duration::from_millis(300);

/// What stands behind the proxy.
#[derive(Clone, Copy, Debug)]
enum Server {
    Answers,
    ClosesTheSocket,
    SaysNothing,
}

/// What is sent to the proxy.
#[derive(Clone, Copy, Debug)]
enum Upload {
    Plain,
    Gzip,
    DamagedGzip,
    TooLong,
}

pub(crate) async fn run() -> Result<()> {
    let expected = [
        (Server::Answers, Upload::Plain, StatusCode::OK),
        (Server::Answers, Upload::Gzip, StatusCode::OK),
        (Server::Answers, Upload::DamagedGzip, StatusCode::BAD_REQUEST),
        (Server::Answers, Upload::TooLong, StatusCode::PAYLOAD_TOO_LARGE),
        (Server::ClosesTheSocket, Upload::Plain, StatusCode::BAD_GATEWAY),
        (Server::SaysNothing, Upload::Plain, StatusCode::GATEWAY_TIMEOUT),
    ];
    let mut wrong = 0;
    for (server, upload, status) in expected {
        let proxy = TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}/", proxy.local_addr()?);
        let proxy = tokio::spawn(crate::serve(proxy, start(server).await?, TIMEOUT));
        let response = send(&url, upload).await?;
        let answered = response.status();
        let verdict = if answered == status { "as expected" } else { "WRONG" };
        wrong += u32::from(answered != status);
        println!("{server:?}, {upload:?}: {answered}, {verdict}; {}", response.text().await?);
        proxy.abort();
    }
    if wrong > 0 { Err(format!("{wrong} answers are wrong").into()) } else { Ok(()) }
}

async fn send(url: &str, upload: Upload) -> Result<reqwest::Response> {
    let request = Client::new().post(url);
    let request = match upload {
        Upload::Plain => request.body("hello"),
        Upload::Gzip => request.header(CONTENT_ENCODING, "gzip").body(gzip().await?),
        Upload::DamagedGzip => {
            let mut damaged = gzip().await?;
            let middle = damaged.len() / 2;
            damaged[middle] ^= 1;
            request.header(CONTENT_ENCODING, "gzip").body(damaged)
        }
        Upload::TooLong => request.body(Body::wrap_stream(FromRead::new(tokio::io::repeat(b'x').take(4 << 20)))),
    };
    Ok(request.send().await?)
}

async fn gzip() -> Result<Vec<u8>> {
    let text = stream!["hello, ", "hello, ", "who is there?"];
    Ok(FromRead::new(GzipEncoder::new(text)).collect_vec().await?)
}

/// Starts a server that lives as long as the program, and says where it is.
async fn start(server: Server) -> Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}", listener.local_addr()?);
    tokio::spawn(async move {
        match server {
            Server::Answers => {
                let router = Router::new().fallback(post(|body: String| async move { format!("got {body:?}") }));
                axum::serve(listener, router).await?;
            }
            Server::ClosesTheSocket => while listener.accept().await.is_ok() {},
            Server::SaysNothing => {
                let mut silent: Vec<TcpStream> = Vec::new();
                while let Ok((socket, _)) = listener.accept().await {
                    silent.push(socket);
                }
            }
        }
        std::io::Result::Ok(())
    });
    Ok(url)
}
