//! What a type with a derive costs: the slope from 100 to 400 of them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::builds::{cargo, project};
use crate::instructions::in_macro;
use crate::measure::{median, run};
use crate::subjects::{DEPENDENCIES, EXPANDED, HAND, OURS, SUBJECTS, Subject, THISERROR};
use crate::targets::Target;

const FEW: usize = 100;
const MANY: usize = 400;

/// For one type, in microseconds.
#[derive(Clone, Copy)]
struct Slope {
    /// To find the macros, to run them, and to parse what they wrote.
    expand: f64,
    /// All of it, to the metadata.
    check: f64,
}

pub(crate) fn measure(place: &Path, rounds: usize) -> Result<Vec<Target>> {
    let rustc = Rustc::in_project(&place.join("derives"))?;
    // The count is the same in each round.
    let (ours, thiserror) = (in_macro(&rustc, &SUBJECTS[OURS])?, in_macro(&rustc, &SUBJECTS[THISERROR])?);
    println!("\n{:<44} {:>21}", "a type more, in the macro itself", "instructions");
    for (which, count) in [(OURS, ours), (THISERROR, thiserror)] {
        println!("{:<44} {count:>21.0}", SUBJECTS[which].name);
    }

    let mut slopes: Vec<Vec<Slope>> = vec![Vec::new(); SUBJECTS.len()];
    for subject in &SUBJECTS {
        rustc.write(subject)?;
    }
    for round in 0..rounds {
        for i in 0..SUBJECTS.len() {
            // Nobody is always the first.
            let which = (i + round) % SUBJECTS.len();
            slopes[which].push(rustc.slope(&SUBJECTS[which])?);
        }
    }

    println!("\n{:<44} {:>8} {:>12} {:>12}", "a type more (without the bare type)", "", "expand", "check");
    for (subject, slopes) in SUBJECTS.iter().zip(&slopes) {
        let expand = median(slopes.iter().map(|slope| slope.expand));
        let check = median(slopes.iter().map(|slope| slope.check));
        println!("{:<44} {:>8} {expand:>9.0} µs {check:>9.0} µs", subject.name, "");
    }

    let ratios = |ours: usize, theirs: usize, of: fn(&Slope) -> f64| {
        slopes[ours].iter().zip(&slopes[theirs]).map(|(ours, theirs)| of(ours) / of(theirs)).collect()
    };
    Ok(vec![
        Target {
            what: "the macro itself, an enum with four views : thiserror's",
            ratios: vec![ours / thiserror],
            at_most: Some(0.85),
        },
        Target {
            what: "the whole pass of expansion, with what rustc parses : thiserror's",
            ratios: ratios(OURS, THISERROR, |slope| slope.expand),
            at_most: None,
        },
        Target {
            what: "check of that expansion, written out : the same impls by hand",
            ratios: ratios(EXPANDED, HAND, |slope| slope.check),
            at_most: Some(1.1),
        },
    ])
}

/// The compiler, with what cargo tells it about the dependencies.
pub(crate) struct Rustc {
    place: PathBuf,
    dependencies: Vec<String>,
}

impl Rustc {
    fn in_project(place: &Path) -> Result<Self> {
        let project = project(place, DEPENDENCIES)?;
        let (_, said) = run(cargo(&project).args(["check", "--offline", "--verbose"]))?;
        let command = said
            .lines()
            .find(|line| line.contains("--crate-name weighed"))
            .context("cargo does not say how it calls the compiler")?;
        let words: Vec<_> = command.trim_end_matches('`').split_whitespace().collect();
        let dependencies = words
            .windows(2)
            .filter(|pair| pair[0] == "--extern" || pair[0] == "-L")
            .flat_map(|pair| [pair[0].to_owned(), pair[1].to_owned()])
            .collect();
        Ok(Rustc { place: project, dependencies })
    }

    pub(crate) fn source(&self, subject: &Subject, form: &str, n: usize) -> PathBuf {
        self.place.join(format!("{}_{form}_{n}.rs", subject.name.replace(|char: char| !char.is_alphanumeric(), "_")))
    }

    /// The subject's types, and the same without what is measured.
    fn write(&self, subject: &Subject) -> Result<()> {
        for n in [FEW, MANY] {
            let source = self.source(subject, "with", n);
            fs::write(&source, subject.with(n))?;
            if subject.expanded {
                let expanded = source.with_extension("expanded.rs");
                run(self.call(&source, &expanded).arg("-Zunpretty=expanded"))?;
                // The derive's own attributes mean nothing without it.
                fs::write(&source, fs::read_to_string(expanded)?.replace("#[byte_stream(source)]", ""))?;
            }
            fs::write(self.source(subject, "bare", n), subject.bare(n))?;
        }
        Ok(())
    }

    fn call(&self, source: &Path, output: &Path) -> Command {
        let mut rustc = Command::new("rustc");
        rustc
            // The compiler's passes have no stable names, and what it writes out uses what is not stable.
            .env("RUSTC_BOOTSTRAP", "1")
            .args([
                "--edition=2024",
                "--crate-type=lib",
                "--crate-name=weighed",
                "--emit=metadata",
                "--cap-lints=allow",
                "-o",
            ])
            .arg(output)
            .args(&self.dependencies)
            .arg(source);
        rustc
    }

    pub(crate) fn check(&self, source: &Path) -> Command {
        self.call(source, &self.place.join("weighed.rmeta"))
    }

    fn slope(&self, subject: &Subject) -> Result<Slope> {
        let per_type = |of: &dyn Fn(&Path) -> Result<f64>| -> Result<f64> {
            let many = of(&self.source(subject, "with", MANY))? - of(&self.source(subject, "bare", MANY))?;
            let few = of(&self.source(subject, "with", FEW))? - of(&self.source(subject, "bare", FEW))?;
            Ok((many - few) * 1e6 / (MANY - FEW) as f64)
        };
        Ok(Slope {
            expand: per_type(&|source| self.seconds_to_expand(source))?,
            check: per_type(&|source| self.seconds_to_check(source))?,
        })
    }

    fn seconds_to_check(&self, source: &Path) -> Result<f64> {
        Ok(run(&mut self.check(source))?.0.cpu.as_secs_f64())
    }

    /// The pass's share of the time, by the compiler's own clock, of a run that goes no further than names.
    fn seconds_to_expand(&self, source: &Path) -> Result<f64> {
        let (cost, said) =
            run(self.check(source).args(["-Zno-analysis", "-Ztime-passes", "-Ztime-passes-format=json"]))?;
        let seconds = |pass: &str| {
            let line = said.lines().find(|line| line.contains(&format!("\"pass\":\"{pass}\"")));
            let seconds = line.and_then(|line| line.split_once("\"time\":")?.1.split(',').next()?.parse::<f64>().ok());
            seconds.with_context(|| format!("the compiler does not say how long `{pass}` took:\n{said}"))
        };
        Ok(cost.cpu.as_secs_f64() * seconds("macro_expand_crate")? / seconds("total")?)
    }
}
