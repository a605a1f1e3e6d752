//! Clients that do not take what they have asked for.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::time::Duration;

use axum::serve::Listener;
use tokio::net::{TcpListener, TcpStream};
use tokio_io_timeout::TimeoutStream;

/// Accepts connections that fail when nothing can be written for too long.
///
/// This is where a slow reader is seen. The body that is sent is not: while the socket is full, nobody polls it. When the connection
/// fails, the body is dropped, with the file and all that it holds.
pub(crate) struct Impatient {
    pub(crate) listener: TcpListener,
    pub(crate) patience: Duration,
}

impl Listener for Impatient {
    type Io = Pin<Box<TimeoutStream<TcpStream>>>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, SocketAddr) {
        let (socket, address) = Listener::accept(&mut self.listener).await;
        let mut socket = TimeoutStream::new(socket);
        socket.set_write_timeout(Some(self.patience));
        (Box::pin(socket), address)
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}
