//! clippy's `restriction` lints, which contradict each other: this crate keeps few of them, but a derive adds nothing to what they say.

use std::collections::BTreeMap;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// What a lint says, and where.
type Finding = (String, String);

/// With the derives, and with blanks in their place.
#[test]
#[ignore = "it runs clippy, which needs a build of its own"]
fn a_derive_adds_no_diagnostic() {
    let derived = findings("derived", str::to_owned, &[]);
    let bare = findings("bare", without_derives, &["--cfg", "bare"]);
    let ours: Vec<_> = derived.iter().filter(|(finding, n)| bare.get(*finding).is_none_or(|bare| bare < n)).collect();
    assert!(!bare.is_empty(), "clippy has said nothing at all: is this a run of it?");
    assert!(ours.is_empty(), "{ours:#?}");
}

fn findings(name: &str, edit: fn(&str) -> String, flags: &[&str]) -> BTreeMap<Finding, usize> {
    let folder = copy(name, edit);
    let output = Command::new(env!("CARGO"))
        .args(["clippy", "--offline", "--all-features", "--message-format=json", "--"])
        .args(["-W", "clippy::restriction", "--cap-lints", "warn"])
        .args(flags)
        .current_dir(&folder)
        .env("CARGO_TARGET_DIR", folder.parent().unwrap().join("target"))
        .env_remove("RUSTFLAGS")
        .output()
        .unwrap();
    let stdout = String::from_utf8(output.stdout).unwrap();
    let messages = stdout.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let mut findings = BTreeMap::new();
    for message in messages.filter(|message| message["target"]["name"] == "byte_stream_lints") {
        let message = &message["message"];
        assert_ne!(message["level"], "error", "{}", message["rendered"]);
        let Some(lint) = message["code"]["code"].as_str() else { continue };
        let primary = message["spans"].as_array().unwrap().iter().filter(|span| span["is_primary"] == true);
        // What uses the derives is not there without them.
        for span in primary.filter(|span| span["file_name"] != "src/projected/used.rs") {
            let place = format!("{}:{}:{}", span["file_name"], span["line_start"], span["column_start"]);
            *findings.entry((lint.to_owned(), place)).or_default() += 1;
        }
    }
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    findings
}

/// A copy of this package that stands alone, with the versions that the workspace is locked to.
fn copy(name: &str, edit: fn(&str) -> String) -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = package.join("../..").canonicalize().unwrap();
    let copy = Path::new(env!("CARGO_TARGET_TMPDIR")).join("restriction").join(name);
    copy_dir(&package.join("src"), &copy.join("src"), edit);
    fs::copy(root.join("Cargo.lock"), copy.join("Cargo.lock")).unwrap();
    let manifest = fs::read_to_string(package.join("Cargo.toml")).unwrap();
    let workspace = fs::read_to_string(root.join("Cargo.toml")).unwrap();
    let shared = workspace.split("\n[workspace.lints").next().unwrap().replace("members = ", "exclude = ");
    let shared = shared.replace("path = \"", &format!("path = \"{}/", root.display()));
    fs::write(copy.join("Cargo.toml"), format!("{manifest}\n{shared}")).unwrap();
    copy
}

fn copy_dir(from: &Path, to: &Path, edit: fn(&str) -> String) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let to = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy_dir(&path, &to, edit);
        } else {
            fs::write(to, edit(&fs::read_to_string(&path).unwrap())).unwrap();
        }
    }
}

/// Blanks in the place of the derives and their attributes, so that everything else stays where it is.
fn without_derives(text: &str) -> String {
    let mut text = text.to_owned();
    for attribute in ["#[byte_stream(", "#[stream_error("] {
        while let Some(start) = text.find(attribute) {
            let end = start + text[start..].find(']').unwrap() + 1;
            blank(&mut text, start..end);
        }
    }
    let lines = text.split_inclusive('\n').map(|line| {
        let mut line = line.to_owned();
        if line.trim_start().starts_with("#[derive(") {
            for derive in ["ByteStreamViews", "ByteStream", "StreamError"] {
                if let Some(start) = line.find(derive) {
                    blank(&mut line, start..start + derive.len());
                }
            }
        }
        line
    });
    lines.collect()
}

fn blank(text: &mut String, range: Range<usize>) {
    text.replace_range(range.clone(), &" ".repeat(range.len()));
}
