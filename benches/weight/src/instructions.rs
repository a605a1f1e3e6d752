//! What the macro itself takes, counted by valgrind's callgrind: on a machine with other work a clock is of no use for so little.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::derives::Rustc;
use crate::measure::run;
use crate::subjects::Subject;

const FEW: usize = 20;
const MANY: usize = 60;

/// The function of the standard library in which a procedural macro runs, from its input to its output.
const MACRO: &str = "proc_macro::bridge::client::run_client";

/// Instructions in the macro for one type more.
pub(crate) fn in_macro(rustc: &Rustc, subject: &Subject) -> Result<f64> {
    let of = |n| -> Result<u64> {
        let source = rustc.source(subject, "counted", n);
        fs::write(&source, subject.with(n))?;
        counted(rustc, &source)
    };
    Ok((of(MANY)? - of(FEW)?) as f64 / (MANY - FEW) as f64)
}

fn counted(rustc: &Rustc, source: &Path) -> Result<u64> {
    let sysroot = Command::new("rustc").args(["--print", "sysroot"]).output()?;
    let sysroot = String::from_utf8(sysroot.stdout)?;
    let sysroot = Path::new(sysroot.trim());
    let counts = source.with_extension("callgrind");
    let mut valgrind = Command::new("valgrind");
    valgrind
        .args(["--tool=callgrind", "--quiet"])
        .arg(format!("--callgrind-out-file={}", counts.display()))
        // Not the `rustc` that looks for the one to run.
        .arg(sysroot.join("bin/rustc"))
        .args(rustc.check(source).arg("-Zno-analysis").get_args())
        .env("LD_LIBRARY_PATH", sysroot.join("lib"))
        .env("RUSTC_BOOTSTRAP", "1");
    run(&mut valgrind).context("`benches/callgrind` installs valgrind")?;
    let report =
        Command::new("callgrind_annotate").args(["--inclusive=yes", "--threshold=99.99"]).arg(&counts).output()?;
    let report = String::from_utf8_lossy(&report.stdout).into_owned();
    let line = report.lines().find(|line| line.contains(MACRO));
    let line = line.with_context(|| format!("no `{MACRO}` among what callgrind has seen"))?;
    let count = line.split_whitespace().next().unwrap_or_default().replace(',', "");
    fs::remove_file(&counts)?;
    let count = count.parse().with_context(|| format!("callgrind gives no number: `{line}`"))?;
    ensure!(count > 0, "the macro has not run: `{line}`");
    Ok(count)
}
