//! What can be counted exactly: it exits 1 if a count is not met. For Linux.
//!
//! ```text
//! counts
//! ```

mod codec;
mod file;
mod idle;
mod memory;
mod meter;
mod report;
mod ring;
mod sockets;
mod writes;

use std::process::ExitCode;
use std::{env, io};

use report::Report;

fn main() -> io::Result<ExitCode> {
    let words: Vec<String> = env::args().skip(1).collect();
    if let [_, who] = &words[..] {
        idle::hold(who)?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut report = Report::begin();
    memory::count(&mut report);
    file::count(&mut report)?;
    writes::count(&mut report)?;
    codec::count(&mut report);
    sockets::count(&mut report)?;
    idle::count(&mut report)?;
    println!("{} not met", report.missed());
    Ok(if report.missed() == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
