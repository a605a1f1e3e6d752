//! Sockets whose other end takes all that it gets.

use std::io::{self, Read};
use std::net::{TcpListener, TcpStream};
use std::thread;

/// What is written to it is taken by a thread of its own, which drops it.
pub fn connect() -> io::Result<TcpStream> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let here = TcpStream::connect(listener.local_addr()?)?;
    let (mut there, _) = listener.accept()?;
    thread::spawn(move || {
        let mut buf = vec![0; 1 << 20];
        while there.read(&mut buf).is_ok_and(|n| n > 0) {}
    });
    here.set_nonblocking(true)?;
    Ok(here)
}
