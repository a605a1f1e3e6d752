//! Sockets whose other end takes all that it gets.

use std::io;
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use rustix::net::{RecvFlags, recv};

use crate::harness::Clock;

/// How long a sink looks for more before it sleeps: longer than a row pauses between two writes.
///
/// Whoever writes to a thread that sleeps wakes it, on a virtual machine by leaving it: that takes up to 50 times as long as the write,
/// and hits now this variant and now that.
const AWAKE: Duration = Duration::from_millis(5);

/// The other end, a thread of its own.
#[derive(Debug)]
pub struct Sink {
    nanoseconds: Arc<AtomicU64>,
}

impl Sink {
    /// For how long its thread has run.
    pub fn seconds(&self) -> f64 {
        self.nanoseconds.load(Ordering::Relaxed) as f64 * 1e-9
    }
}

/// What is written to the socket is taken and dropped. On Linux the kernel does so, without a copy (tcp(7)): what it costs to receive is
/// not to be weighed with what it costs to send.
pub fn connect() -> io::Result<(TcpStream, Sink)> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let here = TcpStream::connect(listener.local_addr()?)?;
    let (there, _) = listener.accept()?;
    here.set_nonblocking(true)?;
    let sink = Sink { nanoseconds: Arc::default() };
    let nanoseconds = sink.nanoseconds.clone();
    thread::spawn(move || take_all(&there, &nanoseconds));
    Ok((here, sink))
}

fn take_all(socket: &TcpStream, nanoseconds: &AtomicU64) {
    let drop = if cfg!(target_os = "linux") { RecvFlags::TRUNC } else { RecvFlags::empty() };
    let mut buf = vec![0; 1 << 20];
    let mut came = Instant::now();
    loop {
        let wait = if came.elapsed() < AWAKE { RecvFlags::DONTWAIT } else { RecvFlags::empty() };
        match recv(socket, &mut buf[..], drop | wait) {
            Ok((_, 1..)) => came = Instant::now(),
            Err(error) if error == rustix::io::Errno::AGAIN => {}
            Ok((_, 0)) | Err(_) => return,
        }
        nanoseconds.store((Clock::Thread.seconds() * 1e9) as u64, Ordering::Relaxed);
    }
}
