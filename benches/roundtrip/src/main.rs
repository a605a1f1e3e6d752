//! The example `roundtrip` beside the same program written with tokio-util, in one run.
//!
//! ```text
//! roundtrip_peers [MIB]
//! ```
//!
//! Both stream a file of so many MiB, 32 unless told otherwise, to a server and back, plain and compressed, over real sockets. The
//! client and the server are one process, so its time is that of both.

#[path = "../../../examples/src/bin/roundtrip/client.rs"]
mod client;
#[path = "../../../examples/src/bin/roundtrip/coding.rs"]
mod coding;
#[path = "../../../examples/src/bin/roundtrip/input.rs"]
mod input;
mod peer;
mod report;
#[path = "../../../examples/src/bin/roundtrip/server.rs"]
mod server;
mod trip;

use std::io::{IsTerminal, stderr};
use std::time::Instant;

use client::Result;
use peer::Buffers;
use report::Report;
use trip::{Program, Trip};

const ROUNDS: usize = 11;
const KIB: usize = 1024;

/// Ours is the last, the peer as it comes the first.
const PROGRAMS: [(&str, Program); 5] = [
    ("tokio-util as it comes", Program::Peer(Buffers::DEFAULT)),
    ("tokio-util 64 KiB", Program::Peer(Buffers::of(64 * KIB))),
    ("tokio-util 256 KiB", Program::Peer(Buffers::of(256 * KIB))),
    ("tokio-util 1 MiB", Program::Peer(Buffers::of(1024 * KIB))),
    ("byte-stream", Program::Ours),
];

#[tokio::main]
async fn main() -> Result<()> {
    let mib: u64 = std::env::args().nth(1).map_or(Ok(32), |mib| mib.parse())?;
    let dir = tempfile::tempdir()?;
    let input = dir.path().join("input");
    input::make(&input, mib * 1024 * 1024)?;
    let (mut trips, mut report) = (Vec::new(), Report::default());
    for (name, program) in PROGRAMS {
        trips.push(Trip::new(program, dir.path().join(name), &input).await?);
        report.enter(name);
    }

    eprintln!("a file of {mib} MiB, in {ROUNDS} rounds after one that does not count ..");
    let start = Instant::now();
    for round in 0..=ROUNDS {
        for turn in 0..trips.len() {
            let i = (round + turn) % trips.len();
            let costs = trips[i].travel().await?;
            if round > 0 {
                report.add(i, costs);
            }
        }
        if stderr().is_terminal() {
            eprint!("\r[{round}/{ROUNDS}, {} s] ", start.elapsed().as_secs());
        }
    }
    eprintln!("\r.. took {} s", start.elapsed().as_secs());
    report.print();
    Ok(())
}
