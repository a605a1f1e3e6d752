//! What each view does: the bodies of the impls that the derives write, and a borrow of any stream as one world only.
//!
//! A value that wears many traits makes some method names ambiguous (`take`, `chain`, `collect`, ..). A borrow as one world
//! has the traits of that world and no others: [`as_stream`](crate::ByteStreamExt::as_stream),
//! [`as_tokio`](crate::ByteStreamExt::as_tokio), `as_futures`, `as_body`.

#[cfg(feature = "http-body")]
#[doc(hidden)]
pub mod body;
#[cfg(feature = "futures-io")]
#[doc(hidden)]
pub mod futures;
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
