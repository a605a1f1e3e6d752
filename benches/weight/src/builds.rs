//! Crates in the tree, and the time of a clean build, of what a project depends on.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::crates;
use crate::measure::{Cost, median, run};
use crate::targets::Target;

/// Dependencies that are used together.
struct Set {
    name: &'static str,
    dependencies: &'static str,
}

const OURS: usize = 0;
const BLOG: usize = 1;

const SETS: [Set; 7] = [
    Set {
        name: "byte-stream",
        dependencies: concat!("byte-stream = { path = '", env!("CARGO_MANIFEST_DIR"), "/../../runtime' }"),
    },
    Set {
        name: "the blog's set",
        dependencies: "
            bytes = '1'
            futures-util = '0.3'
            tokio = { version = '1', features = ['rt'] }
            tokio-stream = '0.1'
            tokio-util = { version = '0.7', features = ['compat', 'io'] }",
    },
    Set {
        name: "byte-stream, derive alone",
        dependencies: concat!(
            "byte-stream = { path = '",
            env!("CARGO_MANIFEST_DIR"),
            "/../../runtime', default-features = false, features = ['derive'] }"
        ),
    },
    Set { name: "thiserror", dependencies: "thiserror = '2'" },
    Set { name: "pin-project", dependencies: "pin-project = '1'" },
    Set { name: "auto_enums", dependencies: "auto_enums = { version = '0.8', features = ['futures03', 'tokio1'] }" },
    Set { name: "async-stream", dependencies: "async-stream = '0.3'" },
];

pub(crate) fn measure(place: &Path, rounds: usize) -> Result<Vec<Target>> {
    let projects = SETS
        .iter()
        .map(|set| project(&place.join("builds").join(set.name.replace(['\'', ',', ' '], "_")), set.dependencies))
        .collect::<Result<Vec<_>>>()?;
    let mut costs: Vec<Vec<Cost>> = vec![Vec::new(); SETS.len()];
    for round in 0..rounds {
        for i in 0..SETS.len() {
            // Nobody is always the first.
            let which = (i + round) % SETS.len();
            costs[which].push(clean_build(&projects[which])?);
        }
    }

    println!("{:<44} {:>8} {:>12} {:>12}", "clean build (dev)", "crates", "wall", "cpu");
    for ((set, project), costs) in SETS.iter().zip(&projects).zip(&costs) {
        let wall = median(costs.iter().map(|cost| cost.wall.as_secs_f64()));
        let cpu = median(costs.iter().map(|cost| cost.cpu.as_secs_f64()));
        println!("{:<44} {:>8} {wall:>10.1} s {cpu:>10.1} s", set.name, count_crates(project)?);
    }

    let (ours, blog) = (crates::seconds(&projects[OURS])?, crates::seconds(&projects[BLOG])?);
    crates::print([SETS[OURS].name, SETS[BLOG].name], [&ours, &blog]);
    let of_others = ours.iter().filter(|(name, _)| !name.starts_with("byte_stream")).map(|(_, seconds)| seconds);

    let ratios = |of: fn(&Cost) -> f64| {
        costs[OURS].iter().zip(&costs[BLOG]).map(|(ours, blog)| of(ours) / of(blog)).collect::<Vec<_>>()
    };
    Ok(vec![
        Target {
            what: "clean build of byte-stream's defaults : the blog's set, wall",
            ratios: ratios(|cost| cost.wall.as_secs_f64()),
            at_most: Some(0.6),
        },
        Target {
            what: "clean build of byte-stream's defaults : the blog's set, cpu",
            ratios: ratios(|cost| cost.cpu.as_secs_f64()),
            at_most: Some(0.6),
        },
        Target {
            what: "of that what byte-stream depends on, without a line of its own",
            ratios: vec![of_others.sum::<f64>() / blog.values().sum::<f64>()],
            at_most: None,
        },
    ])
}

/// An empty library with these dependencies, fetched.
pub(crate) fn project(place: &Path, dependencies: &str) -> Result<PathBuf> {
    fs::create_dir_all(place.join("src"))?;
    fs::write(place.join("src/lib.rs"), "")?;
    let manifest = format!(
        "[package]\nname = 'weighed'\nversion = '0.0.0'\nedition = '2024'\n[workspace]\n[dependencies]\n{dependencies}\n"
    );
    fs::write(place.join("Cargo.toml"), manifest)?;
    run(cargo(place).arg("fetch")).context("the peers cannot be fetched")?;
    Ok(place.to_owned())
}

/// Cargo, in a project. A path is built as what comes from a registry is: not incrementally.
pub(crate) fn cargo(project: &Path) -> Command {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.current_dir(project).env("CARGO_INCREMENTAL", "0").env("CARGO_TARGET_DIR", project.join("target"));
    cargo
}

fn clean_build(project: &Path) -> Result<Cost> {
    run(cargo(project).args(["clean", "--quiet"]))?;
    Ok(run(cargo(project).args(["build", "--quiet", "--offline"]))?.0)
}

/// How many crates are built, without the project itself.
fn count_crates(project: &Path) -> Result<usize> {
    let tree = cargo(project).args(["tree", "--offline", "--edges=normal,build", "--prefix=none"]).output()?;
    let tree = String::from_utf8(tree.stdout)?;
    let crates: BTreeSet<_> = tree.lines().filter_map(|line| line.split(" (").next()).collect();
    Ok(crates.len() - 1)
}
