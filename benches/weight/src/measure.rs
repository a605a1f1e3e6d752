//! Running a command, and what it took.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use nix::sys::resource::{UsageWho, getrusage};

/// What a command took.
#[derive(Clone, Copy)]
pub(crate) struct Cost {
    pub(crate) wall: Duration,
    /// Of the processor, with all processes that it started and waited for.
    pub(crate) cpu: Duration,
}

/// Runs the command to its end, which must be a good one. Comes back with what it took and what it said on stderr.
pub(crate) fn run(command: &mut Command) -> Result<(Cost, String)> {
    let (start, before) = (Instant::now(), cpu_of_children()?);
    let output = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .output()
        .with_context(|| format!("{command:?} cannot be started"))?;
    let cost = Cost { wall: start.elapsed(), cpu: cpu_of_children()?.saturating_sub(before) };
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    ensure!(output.status.success(), "{command:?}: {}\n{said}", output.status);
    Ok((cost, said))
}

/// Of all children that have been waited for.
pub(crate) fn cpu_of_children() -> Result<Duration> {
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    let micros = [usage.user_time(), usage.system_time()]
        .iter()
        .map(|time| time.tv_sec() as u64 * 1_000_000 + time.tv_usec() as u64)
        .sum();
    Ok(Duration::from_micros(micros))
}

pub(crate) fn median(figures: impl Iterator<Item = f64>) -> f64 {
    let mut figures: Vec<_> = figures.collect();
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}
