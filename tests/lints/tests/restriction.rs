//! clippy's `restriction` lints, which contradict each other: this crate keeps few of them, but a derive adds nothing to what they say.

use std::collections::BTreeMap;
use std::fs;
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
    assert!(output.status.success(), "{stdout}{}", String::from_utf8_lossy(&output.stderr));
    let messages = stdout.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let mut findings = BTreeMap::new();
    for message in messages.filter(|message| message["target"]["name"] == "byte_stream_lints") {
        let message = &message["message"];
        let Some(lint) = message["code"]["code"].as_str() else { continue };
        let primary = message["spans"].as_array().unwrap().iter().filter(|span| span["is_primary"] == true);
        for span in primary {
            let place = format!("{}:{}:{}", span["file_name"], span["line_start"], span["column_start"]);
            *findings.entry((lint.to_owned(), place)).or_default() += 1;
        }
    }
    findings
}

/// A copy of this package that stands alone, with the versions that the workspace is locked to.
fn copy(name: &str, edit: fn(&str) -> String) -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = package.join("../..").canonicalize().unwrap();
    let copy = Path::new(env!("CARGO_TARGET_TMPDIR")).join("restriction").join(name);
    fs::create_dir_all(copy.join("src")).unwrap();
    for entry in fs::read_dir(package.join("src")).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        fs::write(copy.join("src").join(path.file_name().unwrap()), edit(&text)).unwrap();
    }
    fs::copy(root.join("Cargo.lock"), copy.join("Cargo.lock")).unwrap();
    let manifest = fs::read_to_string(package.join("Cargo.toml")).unwrap();
    let workspace = fs::read_to_string(root.join("Cargo.toml")).unwrap();
    let shared = workspace.split("\n[workspace.lints").next().unwrap().replace("members = ", "exclude = ");
    let shared = shared.replace("path = \"", &format!("path = \"{}/", root.display()));
    fs::write(copy.join("Cargo.toml"), format!("{manifest}\n{shared}")).unwrap();
    copy
}

/// Blanks, so that everything else stays where it is.
fn without_derives(text: &str) -> String {
    let blank = |line: &str| " ".repeat(line.len());
    let lines = text.lines().map(|line| match line.trim_start() {
        attribute if attribute.starts_with("#[byte_stream") || attribute.starts_with("#[stream_error") => blank(line),
        derive if derive.starts_with("#[derive(") => ["ByteStreamViews", "ByteStream", "StreamError"]
            .into_iter()
            .fold(line.to_owned(), |line, derive| line.replace(derive, &blank(derive))),
        _ => line.to_owned(),
    });
    lines.fold(String::new(), |text, line| text + &line + "\n")
}
