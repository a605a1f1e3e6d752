//! How many instructions a chunk takes, by valgrind's callgrind. `benches/callgrind` installs valgrind first.
//!
//! ```text
//! instructions                     all that have a target; exits 1 above a floor
//! instructions run ROW WHO CHUNKS  one of them, to be run by valgrind
//! ```

use std::process::{Command, ExitCode};
use std::{env, io, iter};

use byte_stream_benches::harness::{Row, Variant};
use byte_stream_benches::rows;

/// Start-up cancels out between a run of so many chunks and one of twice as many.
const CHUNKS: usize = 4_000;

fn main() -> io::Result<ExitCode> {
    let words: Vec<String> = env::args().skip(1).collect();
    if let [_, row, who, chunks] = &words[..] {
        let number = |word: &str| word.parse::<usize>().map_err(io::Error::other);
        let (row, who, chunks) = (number(row)?, number(who)?, number(chunks)?);
        let size = size(&counted(1 << 24)[row]);
        variants(&counted(chunks * size)[row])[who].run();
        return Ok(ExitCode::SUCCESS);
    }
    println!(
        "{:<4} {:<46} {:<34} {:>7} {:>7} {:>7}  {:<18} kept",
        "id", "workload", "peer", "peer", "ours", "limit", "target (floor)"
    );
    let mut all_kept = true;
    for (i, row) in counted(1 << 24).iter().enumerate() {
        let counts: Vec<f64> = (0..variants(row).len()).map(|who| a_chunk(i, who)).collect::<io::Result<_>>()?;
        let (peer, ours, limit) = (counts[0], counts[row.peers.len()], counts.get(row.peers.len() + 1));
        let goal = row.instructions.expect("these rows are counted");
        let (more, base) = if goal.more_than_limit { ("+", *limit.expect("it has a limit")) } else { ("", 0.0) };
        let kept = ours - base <= goal.floor;
        all_kept &= kept;
        println!(
            "{:<4} {:<46} {:<34} {peer:>7.1} {ours:>7.1} {:>7}  {:<18} {}",
            row.id,
            row.workload,
            row.peers[0].name,
            limit.map_or_else(String::new, |limit| format!("{limit:.1}")),
            format!("{more}{} ({more}{})", goal.target, goal.floor),
            if kept { "yes" } else { "NO" },
        );
    }
    Ok(if all_kept { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn counted(total: usize) -> Vec<Row> {
    rows::in_memory(total).into_iter().filter(|row| row.instructions.is_some()).collect()
}

fn size(row: &Row) -> usize {
    row.bytes / row.chunks
}

fn variants(row: &Row) -> Vec<&Variant> {
    row.peers.iter().chain(iter::once(&row.ours)).chain(&row.limits).collect()
}

fn a_chunk(row: usize, who: usize) -> io::Result<f64> {
    let (once, twice) = (instructions(row, who, CHUNKS)?, instructions(row, who, 2 * CHUNKS)?);
    Ok((twice - once) / CHUNKS as f64)
}

fn instructions(row: usize, who: usize, chunks: usize) -> io::Result<f64> {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(env::current_exe()?)
        .args(["run", &row.to_string(), &who.to_string(), &chunks.to_string()])
        .output()
        .map_err(|error| io::Error::new(error.kind(), format!("valgrind: {error}; benches/callgrind installs it")))?;
    let told = String::from_utf8_lossy(&output.stderr);
    let collected = told.lines().find_map(|line| line.split_once("Collected : ")?.1.trim().parse().ok());
    collected.ok_or_else(|| io::Error::other(format!("callgrind counted nothing:\n{told}")))
}
