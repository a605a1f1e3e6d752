//! A proxy that says whose fault it was: 400 or 413 for the client's, 502 or 504 for the server's behind it.
//!
//! ```text
//! proxy ADDRESS UPSTREAM_URL
//! proxy --selftest
//! ```
//!
//! It takes uploads, compressed with gzip or not, of at most a mebibyte, and sends them on decompressed.

mod fault;
mod selftest;

use std::process::ExitCode;
use std::time::Duration;

use async_compression::tokio::bufread::GzipDecoder;
use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::Response;
use axum::http::header::CONTENT_ENCODING;
use byte_stream::{ByteStream, ByteStreamExt, FromBody, FromRead};
use http_body_util::Limited;
use tokio::net::TcpListener;

use fault::{ClientError, Fault};

const LIMIT: usize = 1024 * 1024;

/// What a client uploads. Whatever goes wrong with it is a [`ClientError`].
#[derive(ByteStream)]
#[byte_stream(error = ClientError)]
#[expect(clippy::large_enum_variant, reason = "there is one a request, and a box costs more than the bytes it saves")]
enum Upload {
    Plain(FromBody<Limited<Body>>),
    Gzip(FromRead<GzipDecoder<FromBody<Limited<Body>>>>),
}

#[derive(Clone)]
struct Upstream {
    client: reqwest::Client,
    url: String,
}

async fn forward(State(upstream): State<Upstream>, request: Request) -> Result<Response<Body>, Fault> {
    let (head, body) = request.into_parts();
    let body = FromBody::new(Limited::new(body, LIMIT));
    let upload = match head.headers.get(CONTENT_ENCODING) {
        Some(coding) if coding == "gzip" => Upload::Gzip(GzipDecoder::new(body).into()),
        _ => Upload::Plain(body),
    };
    let url = format!("{}{}", upstream.url, head.uri.path());
    let request = upstream.client.request(head.method, url).body(reqwest::Body::wrap(upload.into_sync()));
    let response = Response::<reqwest::Body>::from(request.send().await?);
    Ok(response.map(|body| Body::new(FromBody::new(body))))
}

/// Serves until the program ends.
async fn serve(listener: TcpListener, url: String, timeout: Duration) -> fault::Result<()> {
    let client = reqwest::Client::builder().read_timeout(timeout).build()?;
    let router = Router::new().fallback(forward).layer(DefaultBodyLimit::disable());
    axum::serve(listener, router.with_state(Upstream { client, url })).await?;
    Ok(())
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let outcome = match &arguments[..] {
        [option] if option == "--selftest" => selftest::run().await,
        [address, url] => match TcpListener::bind(address).await {
            Ok(listener) => serve(listener, url.clone(), Duration::from_secs(30)).await,
            Err(error) => Err(error.into()),
        },
        _ => {
            eprintln!("usage: proxy ADDRESS UPSTREAM_URL | proxy --selftest");
            return ExitCode::from(2);
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
