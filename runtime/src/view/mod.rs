//! What each view does: the bodies of the impls that the derives write, and a borrow of any stream as one world only.
//!
//! A value that wears many traits makes some method names ambiguous (`take`, `chain`, `collect`, ..). A borrow as one world
//! has the traits of that world and no others: [`as_stream`](crate::ByteStreamExt::as_stream),
//! [`as_tokio`](crate::ByteStreamExt::as_tokio), `as_futures`, `as_body`.

#[cfg(feature = "http-body")]
#[doc(hidden)]
pub mod body;
#[cfg(feature = "compio-io-0_10")]
#[doc(hidden)]
pub mod compio_0_10;
#[cfg(feature = "futures-io")]
#[doc(hidden)]
pub mod futures;
#[cfg(all(feature = "monoio-0_2", unix))]
#[doc(hidden)]
pub mod monoio_0_2;
#[doc(hidden)]
pub mod stream;
#[doc(hidden)]
pub mod tokio;

#[cfg(feature = "http-body")]
pub use body::AsBody;
#[cfg(feature = "futures-io")]
pub use futures::AsFutures;
pub use stream::AsStream;
pub use tokio::AsTokio;

/// What a peek lends, in an `async fn`.
#[cfg(any(feature = "compio-io-0_10", all(feature = "monoio-0_2", unix)))]
async fn lend<S: crate::ByteStream + Unpin + ?Sized>(stream: &mut S) -> std::io::Result<&[u8]> {
    use std::future::poll_fn;
    use std::pin::Pin;
    use std::task::{Context, Poll, Waker};

    if !poll_fn(|cx| Pin::new(&mut *stream).poll_lends(cx)).await? {
        return Ok(&[]);
    }
    // To peek again lends the same bytes and polls nothing.
    match Pin::new(stream).poll_peek(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(lent) => lent,
        Poll::Pending => unreachable!("a stream that lends bytes goes on to lend them"),
    }
}

/// A borrow of a stream as one world.
macro_rules! borrow {
    ($(#[$attribute:meta])* $borrow:ident, $($view:ident),+) => {
        $(#[$attribute])*
        #[derive(crate::ByteStream)]
        #[byte_stream(crate = crate, only($($view),+))]
        #[must_use = "a stream does nothing unless it is read"]
        pub struct $borrow<'a, S: ?Sized> {
            stream: &'a mut S,
        }

        impl<'a, S: crate::ByteStream + Unpin + ?Sized> $borrow<'a, S> {
            /// Borrows a stream.
            pub fn new(stream: &'a mut S) -> Self {
                $borrow { stream }
            }
        }

        impl<S: ?Sized> std::fmt::Debug for $borrow<'_, S> {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(stringify!($borrow)).finish_non_exhaustive()
            }
        }
    };
}

use borrow;
