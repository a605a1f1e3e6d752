//! A directory over HTTP: files and zips down, files up, also in parts.
//!
//! ```text
//! gateway DIRECTORY [PORT]
//! gateway --selftest
//! ```
//!
//! `GET` takes `Range`, `Accept-Encoding`, `If-None-Match` and `TE: trailers`, which brings the digest of the file after its bytes;
//! `?zip` is for a directory. `PUT` takes `Content-Encoding`, `Content-Digest`, `Repr-Digest` and `Content-Range`; `?partial` is what
//! has come of a file that is sent in parts. The self test does all of this with curl, and does it wrong as well.

mod digest;
mod draft;
mod fault;
mod get;
mod log;
mod place;
mod put;
mod range;
mod selftest;
mod slow;
mod zip;

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use axum::middleware;
use axum::routing::get;
use tokio::net::TcpListener;

const USAGE: &str = "usage: gateway DIRECTORY [PORT] | gateway --selftest";

type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

/// What is served, and how much is put up with.
struct Gateway {
    root: PathBuf,
    /// The most bytes of a file that is uploaded.
    largest: u64,
    /// How long a client may neither send what it is to send nor take what it has asked for.
    patience: Duration,
}

/// Serves until the program ends.
async fn serve(listener: TcpListener, gateway: Gateway) -> Result<()> {
    let listener = slow::Impatient { listener, patience: gateway.patience };
    let service = get(get::get).put(put::put).layer(middleware::from_fn(log::log)).with_state(Arc::new(gateway));
    axum::serve(listener, service.into_make_service()).await?;
    Ok(())
}

async fn run(root: PathBuf, port: &str) -> Result<()> {
    tracing_subscriber::fmt().init();
    let listener = TcpListener::bind(format!("127.0.0.1:{port}")).await?;
    tracing::info!(root = %root.display(), url = %format_args!("http://{}/", listener.local_addr()?), "serving");
    serve(listener, Gateway { root, largest: 4 << 30, patience: Duration::from_secs(30) }).await
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let outcome = match &arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["--selftest"] => selftest::run().await,
        [root] => run(root.into(), "8080").await,
        [root, port] => run(root.into(), port).await,
        _ => {
            eprintln!("{USAGE}");
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
