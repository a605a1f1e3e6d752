//! What Cargo makes of features: workspaces of their own, built by Cargo.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A copy of the workspace `features`, with the versions that this one is locked to.
fn workspace() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let copy = Path::new(env!("CARGO_TARGET_TMPDIR")).join("features");
    copy_dir(&package.join("features"), &copy);
    std::fs::copy(package.join("../Cargo.lock"), copy.join("Cargo.lock")).unwrap();
    let runtime = package.parent().unwrap().join("runtime");
    for manifest in ["Cargo.toml", "application/Cargo.toml"] {
        let manifest = copy.join(manifest);
        let text = std::fs::read_to_string(&manifest).unwrap();
        let text = text.replace("../../../runtime", "../../runtime");
        std::fs::write(manifest, text.replace("../../runtime", &runtime.display().to_string())).unwrap();
    }
    copy
}

fn copy_dir(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let to = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy_dir(&path, &to);
        } else {
            std::fs::copy(&path, &to).unwrap();
        }
    }
}

fn cargo(workspace: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO"))
        .args(arguments)
        .args(["--offline", "--color", "never"])
        .current_dir(workspace)
        .env("CARGO_TARGET_DIR", workspace.join("target"))
        .env_remove("RUSTFLAGS")
        .output()
        .unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// One test, since the runs share a target folder.
#[test]
fn features_choose_what_can_be_chosen_and_change_nothing_else() {
    let workspace = workspace();

    // A build-time dependency uses the runtime with more features than the application; the application has it under another
    // name and re-exported, and a library re-exported alone.
    let run = cargo(&workspace, &["run", "-p", "application"]);
    assert!(run.status.success(), "{}", stderr(&run));
    let stdout = String::from_utf8_lossy(&run.stdout);
    assert_eq!(stdout, "(5, Some(5))\n(7, Some(7))\n(11, Some(11))\n(7, Some(7))\n(5, None)\n2\n");

    // A view that is left out can be written by hand, under all features and under none.
    for features in [&["--features", "all"][..], &[]] {
        let check = cargo(&workspace, &[&["check", "-p", "library"], features].concat());
        assert!(check.status.success(), "{}", stderr(&check));
    }

    // What is asked for and whose feature is off is named, with its feature, where it was asked for, and nothing else is said.
    let check = cargo(&workspace, &["check", "-p", "wishful"]);
    assert!(!check.status.success());
    let said = errors(&stderr(&check));
    let reviewed = Path::new(env!("CARGO_MANIFEST_DIR")).join("features/wishful/errors.stderr");
    if std::env::var_os("TRYBUILD").is_some_and(|word| word == "overwrite") {
        std::fs::write(&reviewed, &said).unwrap();
    }
    assert_eq!(said, std::fs::read_to_string(reviewed).unwrap());

    // These are all the messages that the runtime itself can give.
    let runtime = workspace_file("runtime/src/__private.rs");
    let messages: Vec<_> = runtime.lines().map(str::trim).filter(|line| line.starts_with('"')).collect();
    assert_eq!(messages.len(), runtime.matches("compile_error!").count());
    for message in messages {
        assert_eq!(said.matches(&format!("error: {}\n", message.trim_matches('"'))).count(), 1, "{message}\n{said}");
    }
}

/// The errors, without what Cargo says beside them.
fn errors(stderr: &str) -> String {
    let blocks = stderr.split("\n\n").filter_map(|block| block.find("error: ").map(|at| block[at..].trim()));
    let mut errors: Vec<_> = blocks.filter(|block| block.contains("-->")).collect();
    errors.sort_unstable();
    errors.iter().map(|error| format!("{error}\n\n")).collect()
}

fn workspace_file(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)).unwrap()
}
