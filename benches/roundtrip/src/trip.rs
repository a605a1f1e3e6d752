//! A file on its way to a server and back, by one of the programs.

use std::path::{Path, PathBuf};

use byte_stream_benches::harness::Clock;
use indicatif::ProgressBar;
use reqwest::Client;

use crate::client::Result;
use crate::peer::{self, Buffers};
use crate::server::Honesty;
use crate::{client, coding, input, server};

/// There and back in each coding.
pub(crate) const WAYS: usize = 2 * coding::ALL.len();

/// The program.
pub(crate) enum Program {
    /// That which is written with tokio-util.
    Peer(Buffers),
    /// The example.
    Ours,
}

/// What a way took.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Cost {
    /// In seconds.
    pub(crate) wall: f64,
    /// In seconds, of all threads: the client's, the server's, and those of the pool that reads and writes files.
    pub(crate) cpu: f64,
    /// In bytes.
    pub(crate) wire: f64,
}

/// A client with its server, and what they carry.
pub(crate) struct Trip {
    program: Program,
    client: Client,
    url: String,
    input: PathBuf,
    length: u64,
    sum: Vec<u8>,
    back: PathBuf,
}

/// What the way is called.
pub(crate) fn name(way: usize) -> String {
    format!("{} {}", ["upload", "download"][way % 2], coding::title(coding::ALL[way / 2]))
}

impl Trip {
    /// Starts the server, which keeps what it gets in `dir`, as the client does.
    pub(crate) async fn new(program: Program, dir: PathBuf, input: &Path) -> Result<Trip> {
        std::fs::create_dir(&dir)?;
        let back = dir.join("back");
        let url = match program {
            Program::Peer(buffers) => peer::server::start(dir, buffers).await?,
            Program::Ours => server::start(dir, Honesty::Honest).await?,
        };
        let (length, sum) = (std::fs::metadata(input)?.len(), input::sha256(input)?);
        Ok(Trip { program, client: Client::new(), url, input: input.to_owned(), length, sum, back })
    }

    /// All ways, one after another.
    pub(crate) async fn travel(&self) -> Result<[Cost; WAYS]> {
        let mut costs = [Cost::default(); WAYS];
        for (way, cost) in costs.iter_mut().enumerate() {
            let progress = ProgressBar::new(self.length);
            let clocks = [Clock::Wall, Clock::Process];
            let before = clocks.map(Clock::seconds);
            let (wire, length) = self.go(way, &progress).await?;
            let after = clocks.map(Clock::seconds);
            progress.finish_and_clear();
            *cost = Cost { wall: after[0] - before[0], cpu: after[1] - before[1], wire: wire as f64 };
            if length != (way < 2).then_some(self.length) {
                return Err(format!("{} announced a length of {length:?}", name(way)).into());
            }
            if way % 2 == 1 && input::sha256(&self.back)? != self.sum {
                return Err(format!("{} brought other bytes", name(way)).into());
            }
        }
        Ok(costs)
    }

    /// How many bytes there were on the wire, and how many were announced.
    async fn go(&self, way: usize, progress: &ProgressBar) -> Result<(u64, Option<u64>)> {
        let (goes_up, i) = (way.is_multiple_of(2), way / 2);
        let (client, url) = (&self.client, format!("{}/{}", self.url, coding::ALL[i].name()));
        Ok(match self.program {
            Program::Ours => {
                let coding = coding::ALL[i];
                let sent = match goes_up {
                    true => client::upload(client, &url, &self.input, coding, progress).await?,
                    false => client::download(client, &url, &self.back, coding, progress).await?,
                };
                (sent.wire, sent.length)
            }
            Program::Peer(buffers) => {
                let coding = peer::coding::ALL[i];
                let sent = match goes_up {
                    true => peer::client::upload(client, &url, &self.input, coding, progress, buffers).await?,
                    false => peer::client::download(client, &url, &self.back, coding, progress, buffers).await?,
                };
                (sent.wire, sent.length)
            }
        })
    }
}
