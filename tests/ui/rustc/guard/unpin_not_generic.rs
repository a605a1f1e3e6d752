//! A type without parameters has the guard too, also if it never could be `Unpin`.
use byte_stream::{ByteStream, FromRead};
use std::marker::PhantomPinned;
use std::pin::Pin;
use std::task::{Context, Poll};
use tokio::io::{AsyncRead, ReadBuf};

struct NotUnpin(PhantomPinned);

impl AsyncRead for NotUnpin {
    fn poll_read(self: Pin<&mut Self>, _: &mut Context<'_>, _: &mut ReadBuf<'_>) -> Poll<std::io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

#[derive(ByteStream)]
struct Pinned(FromRead<NotUnpin>);

impl Unpin for Pinned {}

fn main() {}
