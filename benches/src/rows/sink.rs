//! Sockets whose other end takes all that it gets.

use std::io;
use std::net::{TcpListener, TcpStream};
use std::thread;

use rustix::net::{RecvFlags, recv};

/// What is written to it is taken by a thread of its own, which drops it. On Linux the kernel does so, without a copy (tcp(7)): what it
/// costs to receive is not to be weighed with what it costs to send.
pub fn connect() -> io::Result<TcpStream> {
    let drop = if cfg!(target_os = "linux") { RecvFlags::TRUNC } else { RecvFlags::empty() };
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let here = TcpStream::connect(listener.local_addr()?)?;
    let (there, _) = listener.accept()?;
    thread::spawn(move || {
        let mut buf = vec![0; 1 << 20];
        while recv(&there, &mut buf[..], drop).is_ok_and(|(_, n)| n > 0) {}
    });
    here.set_nonblocking(true)?;
    Ok(here)
}
