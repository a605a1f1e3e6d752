//! Sockets whose other end takes all that it gets.

use std::io;
use std::net::{TcpListener, TcpStream};
use std::thread;

/// What is written to it is taken by a thread of its own, which drops it.
pub(super) fn connect() -> io::Result<TcpStream> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let here = TcpStream::connect(listener.local_addr()?)?;
    let (there, _) = listener.accept()?;
    thread::spawn(move || while take(&there).is_ok_and(|n| n > 0) {});
    here.set_nonblocking(true)?;
    Ok(here)
}

/// Takes what has come, without a copy of it where the kernel knows how.
fn take(tcp: &TcpStream) -> io::Result<usize> {
    use rustix::net::{RecvFlags, recv};

    let mut buf = [std::mem::MaybeUninit::<u8>::uninit(); 1 << 16];
    let (_, n) = recv(tcp, &mut buf, RecvFlags::empty())?;
    Ok(n)
}
