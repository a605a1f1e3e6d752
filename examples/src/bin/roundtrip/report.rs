//! The table at the end.

use std::error::Error;
use std::time::Duration;

use byte_stream::codec::Encoding;

use crate::client::Sent;
use crate::coding;

/// One way, up or down.
pub(crate) struct Way {
    pub(crate) direction: &'static str,
    pub(crate) coding: Encoding,
    pub(crate) took: Duration,
    pub(crate) outcome: Outcome,
}

pub(crate) enum Outcome {
    /// It arrived. Whether it is the same is known where the file came back.
    Arrived(Sent, Option<bool>),
    Failed(Box<dyn Error + Send + Sync>),
}

impl Way {
    pub(crate) fn is_good(&self) -> bool {
        matches!(self.outcome, Outcome::Arrived(_, Some(true) | None))
    }
}

pub(crate) fn print(ways: &[Way], length: u64) {
    println!("{:<16} {:>12} {:>12}  {:<22} {:>8}  SHA-256", "way", "bytes in", "on the wire", "framing", "time");
    for way in ways {
        let name = format!("{} {}", way.direction, coding::title(way.coding));
        match &way.outcome {
            Outcome::Arrived(sent, same) => {
                let framing =
                    sent.length.map_or_else(|| "chunked".to_owned(), |length| format!("Content-Length {length}"));
                let same = match same {
                    Some(true) => "equal",
                    Some(false) => "NOT EQUAL",
                    None => "-",
                };
                let took = way.took.as_secs_f64();
                println!("{name:<16} {length:>12} {:>12}  {framing:<22} {took:>7.2}s  {same}", sent.wire);
            }
            Outcome::Failed(error) => println!("{name:<16} {length:>12}  failed: {}", causes(&**error)),
        }
    }
    if let Some(peak) = peak_rss() {
        println!("peak resident set: {peak}");
    }
}

/// An error and its causes on one line.
fn causes(error: &(dyn Error + 'static)) -> String {
    std::iter::successors(Some(error), |&error| error.source()).map(ToString::to_string).collect::<Vec<_>>().join(": ")
}

/// As Linux counts it.
fn peak_rss() -> Option<String> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().to_owned())
}
