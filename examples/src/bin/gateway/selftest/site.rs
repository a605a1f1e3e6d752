//! A server over a directory of files, and what has been found out about it.

use std::fs::{self, File};
use std::io::Write;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use tempfile::TempDir;
use tokio::net::TcpListener;

use crate::{Gateway, Result, serve};

pub(super) const BIG: &str = "big.bin";
pub(super) const TEXT: &str = "deep/er/größe und mehr.txt";
pub(super) const LARGEST: u64 = 12 << 20;
const PATIENCE: Duration = Duration::from_secs(2);

pub(super) struct Site {
    directory: TempDir,
    pub(super) address: SocketAddr,
    wrong: u32,
}

impl Site {
    pub(super) async fn start() -> Result<Self> {
        if Command::new("curl").arg("--version").output().is_err() {
            return Err("the self test needs curl: apt-get install curl".into());
        }
        let directory = tempfile::tempdir()?;
        let root = directory.path().join("root");
        fs::create_dir_all(root.join("deep/er"))?;
        fs::write(directory.path().join("secret"), "secret")?;
        fs::write(root.join(".hidden"), "secret")?;
        fs::write(root.join("empty"), "")?;
        fs::write(root.join(BIG), noise(8 << 20))?;
        let lines = (0..20_000).map(|n| format!("line {n}, which says nothing new\n"));
        fs::write(root.join(TEXT), lines.collect::<String>())?;
        let log = Arc::new(File::create(directory.path().join("log"))?);
        tracing_subscriber::fmt().with_ansi(false).with_writer(log).init();
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        tokio::spawn(serve(listener, Gateway { root, largest: LARGEST, patience: PATIENCE }));
        Ok(Site { directory, address, wrong: 0 })
    }

    /// Tells of a check.
    pub(super) fn check(&mut self, what: &str, is_good: bool) {
        println!("{:<6} {what}", if is_good { "ok" } else { "WRONG" });
        self.wrong += u32::from(!is_good);
    }

    pub(super) fn verdict(&self) -> Result<()> {
        if self.wrong > 0 { Err(format!("{} checks went wrong", self.wrong).into()) } else { Ok(()) }
    }

    /// In the directory that is served.
    pub(super) fn root(&self) -> PathBuf {
        self.directory.path().join("root")
    }

    /// A file that is not served.
    pub(super) fn scratch(&self, name: &str, content: impl AsRef<[u8]>) -> Result<PathBuf> {
        let path = self.directory.path().join(name);
        File::create(&path)?.write_all(content.as_ref())?;
        Ok(path)
    }

    pub(super) fn read(&self, name: &str) -> Result<Vec<u8>> {
        Ok(fs::read(self.root().join(name))?)
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.root().join(name).exists()
    }

    /// Hidden files that the server has made and not removed.
    pub(super) fn drafts(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(self.root()).into_iter().flatten().flatten().map(|entry| entry.path());
        entries.filter(|path| is_draft(path)).collect()
    }

    /// Whether the log has a line with all of these in it.
    pub(super) fn has_logged(&self, words: &[&str]) -> bool {
        let log = fs::read_to_string(self.directory.path().join("log")).unwrap_or_default();
        log.lines().any(|line| words.iter().all(|word| line.contains(word)))
    }

    /// Waits for what happens beside, for a while.
    pub(super) async fn comes_true(&self, condition: impl Fn(&Self) -> bool) -> bool {
        for _ in 0..1000 {
            if condition(self) {
                return true;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        false
    }
}

fn is_draft(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b".") && name != ".hidden")
}

/// What no codec makes smaller, always the same: xorshift64 (Marsaglia 2003).
pub(super) fn noise(length: usize) -> Vec<u8> {
    let mut random = 0x9e37_79b9_7f4a_7c15_u64;
    let words = std::iter::repeat_with(|| {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        random.to_le_bytes()
    });
    words.flatten().take(length).collect()
}
