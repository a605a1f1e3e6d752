//! Streams a real file through a real HTTP client and server, compressed only sometimes.
//!
//! ```text
//! roundtrip [--break | --corrupt] [FILE]
//! ```
//!
//! Without FILE it makes 64 MiB of its own, half of them compressible. `--break` runs against a server that closes the socket in the
//! middle, `--corrupt` against one that damages what it compresses. The exit code is 0 if every way brought the same bytes.

mod client;
mod coding;
mod faulty;
mod input;
mod report;
mod server;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use client::Result;
use indicatif::{ProgressBar, ProgressStyle};
use report::{Outcome, Way};
use reqwest::Client;
use server::Honesty;

const OWN_LENGTH: u64 = 64 * 1024 * 1024;
const USAGE: &str = "usage: roundtrip [--break | --corrupt] [FILE]";

/// What the server does.
enum Server {
    Serves(Honesty),
    BreaksOff,
}

#[tokio::main]
async fn main() -> ExitCode {
    let mut server = Server::Serves(Honesty::Honest);
    let mut file = None;
    for argument in std::env::args_os().skip(1) {
        match argument.to_str() {
            Some("--break") => server = Server::BreaksOff,
            Some("--corrupt") => server = Server::Serves(Honesty::Corrupts),
            Some(unknown) if unknown.starts_with('-') => {
                eprintln!("{unknown} is not an option. {USAGE}");
                return ExitCode::from(2);
            }
            _ => file = Some(PathBuf::from(argument)),
        }
    }
    match run(server, file).await {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(server: Server, file: Option<PathBuf>) -> Result<bool> {
    let dir = tempfile::tempdir()?;
    let path = match file {
        Some(path) => path,
        None => {
            let own = dir.path().join("input");
            input::make(&own, OWN_LENGTH)?;
            own
        }
    };
    let length = std::fs::metadata(&path)?.len();
    let url = match server {
        Server::Serves(honesty) => server::start(dir.path().to_owned(), honesty).await?,
        Server::BreaksOff => faulty::start(&path).await?,
    };
    let ways = travel(&url, &path, dir.path(), length).await?;
    report::print(&ways, length);
    Ok(ways.iter().all(Way::is_good))
}

/// Every way there and back, one after another.
async fn travel(url: &str, path: &Path, dir: &Path, length: u64) -> Result<Vec<Way>> {
    let client = Client::new();
    let expected = input::sha256(path)?;
    let style = ProgressStyle::with_template("{msg:16} {bar:40} {binary_bytes:>11} of {binary_total_bytes} {eta}")?;
    let bar = |message: String| ProgressBar::new(length).with_style(style.clone()).with_message(message);
    let mut ways = Vec::new();
    for coding in coding::ALL {
        let url = format!("{url}/{}", coding.name());
        let back = dir.join(format!("back-{}", coding.name()));

        let progress = bar(format!("upload {}", coding::title(coding)));
        let (sent, took) = timed(client::upload(&client, &url, path, coding, &progress), &progress).await;
        let outcome = sent.map_or_else(Outcome::Failed, |sent| Outcome::Arrived(sent, None));
        ways.push(Way { direction: "upload", coding, took, outcome });

        let progress = bar(format!("download {}", coding::title(coding)));
        let (sent, took) = timed(client::download(&client, &url, &back, coding, &progress), &progress).await;
        let outcome = match sent {
            Ok(sent) => Outcome::Arrived(sent, Some(input::sha256(&back)? == expected)),
            Err(error) => Outcome::Failed(error),
        };
        ways.push(Way { direction: "download", coding, took, outcome });
    }
    Ok(ways)
}

async fn timed<T>(transfer: impl Future<Output = T>, progress: &ProgressBar) -> (T, Duration) {
    let started = Instant::now();
    let transferred = transfer.await;
    progress.finish_and_clear();
    (transferred, started.elapsed())
}
