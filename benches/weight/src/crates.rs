//! What each crate of a build takes. For this the program stands in front of the compiler, where cargo's `RUSTC_WRAPPER` puts it, and
//! keeps a log: cargo's own report of timings knows the clock alone.

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::Write;
use std::path::Path;
use std::process::{Command, ExitCode};

use anyhow::{Context, Result};

use crate::builds::cargo;
use crate::measure::{cpu_of_children, run};

/// Where the log is. Who finds it in its environment stands in front of the compiler.
const LOG: &str = "BYTE_STREAM_WEIGHT_LOG";

/// Runs the compiler, if that is what cargo has started this program for.
pub(crate) fn compile() -> Option<Result<ExitCode>> {
    Some(logged(env::var_os(LOG)?))
}

fn logged(log: OsString) -> Result<ExitCode> {
    let mut call = env::args_os().skip(1);
    let compiler = call.next().context("cargo names no compiler")?;
    let arguments: Vec<_> = call.collect();
    let status = Command::new(compiler).args(&arguments).status()?;
    let name = arguments.windows(2).find(|pair| pair[0] == "--crate-name").map(|pair| pair[1].to_string_lossy());
    // Without a name, or with this one, cargo only asks what the compiler can do.
    if let Some(name) = name.filter(|name| name != "___") {
        let line = format!("{name} {}\n", cpu_of_children()?.as_secs_f64());
        File::options().append(true).create(true).open(log)?.write_all(line.as_bytes())?;
    }
    Ok(status.code().and_then(|code| u8::try_from(code).ok()).map_or(ExitCode::FAILURE, ExitCode::from))
}

/// Seconds of the processor in each crate of a clean build, its build script apart.
pub(crate) fn seconds(project: &Path) -> Result<BTreeMap<String, f64>> {
    let log = project.join("crates.log");
    fs::write(&log, "")?;
    run(cargo(project).args(["clean", "--quiet"]))?;
    let mut build = cargo(project);
    build.args(["build", "--quiet", "--offline"]).env("RUSTC_WRAPPER", env::current_exe()?).env(LOG, &log);
    run(&mut build)?;
    let mut seconds = BTreeMap::new();
    for line in fs::read_to_string(&log)?.lines() {
        let (name, took) = line.split_once(' ').context("a line of the log is broken")?;
        *seconds.entry(name.to_owned()).or_default() += took.parse::<f64>()?;
    }
    Ok(seconds)
}

/// Prints those of two projects, side by side.
pub(crate) fn print(names: [&str; 2], projects: [&BTreeMap<String, f64>; 2]) {
    /// What takes less is shown together.
    const LITTLE: f64 = 0.1;
    let crates: BTreeSet<_> = projects.into_iter().flat_map(BTreeMap::keys).collect();
    let mut rows: Vec<_> = crates
        .into_iter()
        .map(|name| (name.as_str(), projects.map(|seconds| seconds.get(name).copied().unwrap_or_default())))
        .collect();
    rows.sort_by(|(_, a), (_, b)| f64::total_cmp(&b[0].max(b[1]), &a[0].max(a[1])));
    let (shown, little): (Vec<_>, Vec<_>) = rows.into_iter().partition(|(_, [a, b])| a.max(*b) >= LITTLE);
    let sum = |i: usize| little.iter().map(|(_, seconds)| seconds[i]).sum();

    println!("\n{:<44} {:>18} {:>18}", "crate, cpu", names[0], names[1]);
    for (name, [ours, theirs]) in shown.into_iter().chain([("the others", [sum(0), sum(1)])]) {
        println!("{name:<44} {ours:>16.2} s {theirs:>16.2} s");
    }
}
