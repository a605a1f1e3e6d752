//! A file there and back on the ring: sent over TCP, compressed by a codec that knows nothing of it, stored, and read back.
//!
//! ```text
//! uring_echo [FILE]
//! ```
//!
//! Without FILE it makes 64 MiB of its own. Server and client are threads with a compio runtime each. The exit code is 0 if the same bytes
//! came back.

#[cfg(target_os = "linux")]
mod client;
#[cfg(target_os = "linux")]
mod count;
#[cfg(target_os = "linux")]
mod server;

use std::process::ExitCode;

#[cfg(not(target_os = "linux"))]
fn main() -> ExitCode {
    eprintln!("the ring is Linux's");
    ExitCode::FAILURE
}

#[cfg(target_os = "linux")]
fn main() -> ExitCode {
    match linux::run(std::env::args_os().nth(1).map(Into::into)) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => {
            eprintln!("other bytes came back than were sent");
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

#[cfg(target_os = "linux")]
mod linux {
    use std::future::Future;
    use std::io::{self, Write};
    use std::path::{Path, PathBuf};
    use std::sync::mpsc;
    use std::thread;

    use compio::runtime::Runtime;

    use super::count::Figures;
    use super::{client, server};

    const OWN_MEBIBYTES: u64 = 64;

    pub(super) fn run(file: Option<PathBuf>) -> io::Result<bool> {
        let dir = tempfile::tempdir()?;
        let path = match file {
            Some(path) => path,
            None => make(&dir.path().join("input"))?,
        };
        let stored = dir.path().join("stored.zst");
        let (tell, address) = mpsc::channel();
        let server = thread::spawn(move || on_the_ring(server::serve_one(stored, tell)));
        let Ok(address) = address.recv() else {
            // Why it did not start is what the server has to say.
            return server.join().expect("the server panicked").map(|_| false);
        };
        let (there, back) = on_the_ring(client::send_and_read_back(path, address))?;
        let (received, stored) = server.join().expect("the server panicked")?;

        println!("driver: io_uring, for both");
        for (step, figures) in [("sent", &there), ("received", &received), ("stored", &stored), ("read back", &back)] {
            println!("{step:>9}: {figures}");
        }
        Ok(there.hash == received.hash && there.hash == back.hash)
    }

    /// Runs a future on a runtime of this thread's, which must be one on the ring.
    fn on_the_ring<T>(future: impl Future<Output = io::Result<T>>) -> io::Result<T> {
        let runtime = Runtime::new()?;
        assert!(runtime.driver_type().is_iouring(), "the driver is {:?}", runtime.driver_type());
        runtime.block_on(future)
    }

    /// Writes a file that can be compressed to about a half.
    fn make(path: &Path) -> io::Result<PathBuf> {
        let mut file = io::BufWriter::new(std::fs::File::create(path)?);
        let (mut noise, mut piece) = (1u64, vec![0; 1 << 20]);
        for _ in 0..OWN_MEBIBYTES {
            for sixteen in piece.chunks_exact_mut(16) {
                noise = noise.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                sixteen[..8].copy_from_slice(&noise.to_le_bytes());
            }
            file.write_all(&piece)?;
        }
        file.flush()?;
        Ok(path.to_owned())
    }

    /// What a step came to.
    pub(super) type Steps = (Figures, Figures);
}
