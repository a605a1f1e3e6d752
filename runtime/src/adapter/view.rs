//! Every view of any stream.

use std::fmt;
use std::pin::Pin;

use crate::ByteStream;

/// Gives every view to any [`ByteStream`], for generic code.
///
/// A derived type and every adapter have the views already. `Bytes`, an `Option`, a `&mut S` and a type parameter
/// do not: the views are foreign traits, and those are foreign types. `View` wraps them. Its inverse is
/// [`into_inner`](Self::into_inner); it has no state of its own.
///
/// # Examples
///
/// ```
/// use byte_stream::{ByteStream, View};
/// use tokio::io::AsyncReadExt;
///
/// async fn first_line(stream: impl ByteStream + Unpin) -> std::io::Result<String> {
///     let mut line = String::new();
///     tokio::io::AsyncBufReadExt::read_line(&mut View::new(stream), &mut line).await?;
///     Ok(line)
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> std::io::Result<()> {
/// assert_eq!(first_line(&b"one\ntwo\n"[..]).await?, "one\n");
/// # Ok(())
/// # }
/// ```
#[derive(crate::ByteStream)]
#[byte_stream(crate = crate, project)]
#[cfg_attr(feature = "compio-io-0_10", byte_stream(compio_0_10))]
#[cfg_attr(all(feature = "monoio-0_2", unix), byte_stream(monoio_0_2))]
#[must_use = "a stream does nothing unless it is read"]
pub struct View<S> {
    stream: S,
}

impl<S> View<S> {
    /// Wraps a stream.
    pub const fn new(stream: S) -> Self {
        View { stream }
    }

    /// The stream.
    pub const fn get_ref(&self) -> &S {
        &self.stream
    }

    /// The stream.
    pub const fn get_mut(&mut self) -> &mut S {
        &mut self.stream
    }

    /// The stream, pinned.
    pub fn get_pin_mut(self: Pin<&mut Self>) -> Pin<&mut S> {
        self.project().stream
    }

    /// The stream.
    pub fn into_inner(self) -> S {
        self.stream
    }
}

impl<S: ByteStream> From<S> for View<S> {
    fn from(stream: S) -> Self {
        Self::new(stream)
    }
}

impl<S> fmt::Debug for View<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("View").finish_non_exhaustive()
    }
}
