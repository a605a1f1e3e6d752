//! Who sends: a thread of its own, with the means of std.

use std::io::Write;
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{self, JoinHandle};

/// A connection: what is to be read from, and the other end.
pub(crate) fn connection() -> (TcpStream, TcpStream) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let here = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
    let there = listener.accept().unwrap().0;
    there.set_nodelay(true).unwrap();
    (here, there)
}

/// A thread that sends the messages, each when it is let to, and then hangs up.
pub(crate) struct Sender {
    allowed: Arc<AtomicUsize>,
    thread: JoinHandle<()>,
}

impl Sender {
    pub(crate) fn of(messages: Vec<Vec<u8>>, mut to: TcpStream) -> Self {
        let allowed = Arc::new(AtomicUsize::new(0));
        let gate = Arc::clone(&allowed);
        let thread = thread::spawn(move || {
            for (i, message) in messages.iter().enumerate() {
                while gate.load(Ordering::Acquire) <= i {
                    thread::park();
                }
                // Who does not read to the end is not interested in the rest.
                if to.write_all(message).is_err() {
                    break;
                }
            }
        });
        Sender { allowed, thread }
    }

    /// Lets one more message go. It takes no memory.
    pub(crate) fn allow(&self, messages: usize) {
        self.allowed.fetch_add(messages, Ordering::Release);
        self.thread.thread().unpark();
    }

    pub(crate) fn join(self) {
        self.thread.join().unwrap();
    }
}

/// Numbers that look like chance, and are the same for the same seed.
#[derive(Debug)]
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    pub(crate) fn below(&mut self, n: u64) -> u64 {
        // xorshift64*, whose state must not be 0.
        self.0 |= u64::from(self.0 == 0);
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) % n
    }
}
