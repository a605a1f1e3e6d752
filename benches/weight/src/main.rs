//! What byte-stream costs to compile, beside its peers, in one run: `cargo run --release --bin weight`.
//!
//! ```text
//! weight [builds | derives] [ROUNDS]
//! ```
//!
//! It makes small projects in `target/weight`, builds them in turn for some rounds, and takes the median over the rounds, of the
//! figures and of the ratios of each round. Its time is that of the processor, user and system, of the compiler and all that it
//! starts: on a machine with other work the clock says little. What the macro itself takes is counted in instructions. It needs
//! what cargo can fetch, and valgrind, takes some ten minutes, and fails if a target is missed.

mod builds;
mod crates;
mod derives;
mod instructions;
mod measure;
mod subjects;
mod targets;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Context, Result, ensure};

use crate::targets::Target;

fn main() -> Result<ExitCode> {
    if let Some(compiled) = crates::compile() {
        return compiled;
    }
    let start = Instant::now();
    let mut chosen = None;
    let mut rounds = None;
    for argument in std::env::args().skip(1) {
        match argument.as_str() {
            "builds" | "derives" => chosen = Some(argument),
            number => rounds = Some(number.parse().with_context(|| format!("no part and no number: `{number}`"))?),
        }
    }
    ensure!(rounds != Some(0), "no round, no figure");
    let is_chosen = |part| chosen.as_deref().is_none_or(|chosen| chosen == part);

    let place = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../target/weight"));
    let mut targets: Vec<Target> = Vec::new();
    if is_chosen("builds") {
        targets.extend(builds::measure(&place, rounds.unwrap_or(3))?);
    }
    if is_chosen("derives") {
        targets.extend(derives::measure(&place, rounds.unwrap_or(3))?);
    }
    let kept = targets::print(&targets);
    println!("\nIt took {} s.", start.elapsed().as_secs());
    Ok(if kept { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
