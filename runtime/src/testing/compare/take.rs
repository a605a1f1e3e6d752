//! Reads whatever it is to its end: a value that belongs to several worlds as the first of them.
//!
//! Rust has no way to ask for the traits of a value; but a method that is found on `&&Probe<T>` goes before one that
//! is found on `&Probe<T>`, and each of them is there only if `T` has the trait (autoref specialization: D. Tolnay, 2019).

use std::future::poll_fn;
use std::io;
use std::marker::PhantomData;
#[cfg(feature = "http-body")]
use std::pin::Pin;
use std::pin::pin;
use std::task::{Context, Poll};

#[cfg(feature = "http-body")]
use bytes::Buf;
use bytes::Bytes;
use futures_core::Stream;
#[cfg(feature = "http-body")]
use http_body::Body;
use tokio::io::{AsyncRead, ReadBuf};

use crate::ByteStream;
#[cfg(feature = "http-body")]
use crate::error::{BoxError, carry};
use crate::source::StreamItem;

/// All that came of a stream.
#[derive(Debug, Default)]
pub struct Taken {
    pub(super) chunks: Vec<Bytes>,
    pub(super) error: Option<io::Error>,
}

impl Taken {
    /// `poll` gives what comes next, as an item.
    async fn all(mut poll: impl FnMut(&mut Context<'_>) -> Poll<Option<io::Result<Bytes>>>) -> Self {
        let mut taken = Taken::default();
        while let Some(item) = poll_fn(&mut poll).await {
            match item {
                Ok(chunk) => taken.chunks.push(chunk),
                Err(error) => {
                    taken.error = Some(error);
                    break;
                }
            }
        }
        taken
    }
}

/// Asks for the traits of a `T`.
#[derive(Debug)]
pub struct Probe<T>(PhantomData<fn() -> T>);

impl<T> Probe<T> {
    /// Of this value's type.
    pub fn of(_value: &T) -> Self {
        Probe(PhantomData)
    }
}

macro_rules! ways {
    ($($(#[$cfg:meta])? $trait:ident, $way:ident, [$($ref:tt)*], [$($bounds:tt)*], |$stream:ident| $take:expr;)*) => {$(
        /// Found if it is one.
        pub trait $trait {
            /// The way to read it.
            #[doc(hidden)]
            fn way(&self) -> $way {
                $way
            }
        }

        /// A way to read a stream.
        #[derive(Clone, Copy, Debug)]
        pub struct $way;

        $(#[$cfg])?
        impl<T> $trait for $($ref)* Probe<T> where $($bounds)* {}

        $(#[$cfg])?
        impl $way {
            #[doc(hidden)]
            pub async fn take<T>(self, stream: T) -> Taken where $($bounds)* {
                let mut $stream = pin!(stream);
                Taken::all($take).await
            }
        }
    )*};
}

ways! {
    ViaByteStream, AsByteStream, [&&&&], [T: ByteStream], |stream| |cx| stream.as_mut().poll_chunk(cx, usize::MAX);
    ViaStream, AsStream, [&&&], [T: Stream, T::Item: StreamItem],
        |stream| |cx| stream.as_mut().poll_next(cx).map(|item| item.map(StreamItem::into_chunk));
    #[cfg(feature = "http-body")]
    ViaBody, AsBody, [&&], [T: Body, T::Error: Into<BoxError>], |stream| |cx| poll_data(stream.as_mut(), cx);
    ViaTokio, AsTokio, [&], [T: AsyncRead], |stream| |cx| poll_read(|buf| stream.as_mut().poll_read(cx, buf));
    #[cfg(feature = "futures-io")]
    ViaFutures, AsFutures, [], [T: futures_io::AsyncRead], |stream| |cx| poll_read(|buf| {
        let n = std::task::ready!(stream.as_mut().poll_read(cx, buf.initialize_unfilled()))?;
        buf.advance(n);
        Poll::Ready(Ok(()))
    });
}

/// The data of a body, without its trailers.
#[cfg(feature = "http-body")]
fn poll_data<B>(mut body: Pin<&mut B>, cx: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>>
where
    B: Body,
    B::Error: Into<BoxError>,
{
    loop {
        return Poll::Ready(match std::task::ready!(body.as_mut().poll_frame(cx)) {
            Some(Ok(frame)) => match frame.into_data() {
                Ok(mut data) => Some(Ok(data.copy_to_bytes(data.remaining()))),
                Err(_) => continue,
            },
            Some(Err(error)) => Some(Err(carry(error))),
            None => None,
        });
    }
}

/// What one read brings. No bytes are the end.
fn poll_read(read: impl FnOnce(&mut ReadBuf<'_>) -> Poll<io::Result<()>>) -> Poll<Option<io::Result<Bytes>>> {
    const SIZE: usize = 8 * 1024;
    let mut memory = [0; SIZE];
    let mut buf = ReadBuf::new(&mut memory);
    read(&mut buf).map(|done| match done {
        Ok(()) if buf.filled().is_empty() => None,
        Ok(()) => Some(Ok(Bytes::copy_from_slice(buf.filled()))),
        Err(error) => Some(Err(error)),
    })
}
