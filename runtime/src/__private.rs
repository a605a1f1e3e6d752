//! What the expansions name. Nothing here is for anybody else, and any of it may change.

pub use ::{bytes, core, futures_core, std};

#[cfg(feature = "futures-io")]
pub use ::futures_io;
#[cfg(feature = "http-body")]
pub use ::http_body;

/// compio's traits, as of compio-io 0.10.
#[cfg(feature = "compio-io-0_10")]
pub mod compio_0_10 {
    pub use ::compio_buf_0_8 as buf;
    pub use ::compio_io_0_10 as io;
}
#[cfg(all(feature = "monoio-0_2", unix))]
pub use ::monoio_0_2;

/// The parts of tokio that the expansions name.
pub mod tokio {
    pub use ::tokio::io;
}

pub use crate::algebra::{EMPTY, Either, Pinned, Shared, Source, source};
pub use crate::error::derived;
pub use crate::literal::{Step, StreamLiteral};
#[cfg(feature = "testing")]
pub use crate::testing::compare;
pub use crate::view;
pub use crate::{BoxError, ByteStream, State, StreamError, Trailers};
pub use byte_stream_macros::stream_literal;

/// What `stream!` makes of `trailers`.
#[cfg(feature = "http-body")]
pub mod trailers {
    pub use crate::trailers::{of, value, written};
}

use std::marker::PhantomData;

/// `Unpin` exactly when `T` is. The lifetime keeps a bound on it from being trivial, where no parameter is named.
#[derive(Debug)]
pub struct PinGuard<'a, T: ?Sized>(PhantomData<&'a ()>, PhantomData<T>);

/// A derived type may not implement `Drop`: it would get a `&mut Self` to sources that are pinned.
///
/// The derive implements this too, so that a type which is `Drop` has two impls.
pub trait MustNotImplementDrop {}

#[expect(drop_bounds, reason = "to collide with a type that implements `Drop` is what this is for")]
impl<T: Drop> MustNotImplementDrop for T {}

// Each view's impl goes through one of the macros below, since the macro crate does not know which features are on. A
// `view_*` lets the impl through or drops it; an `only_*`, for a view that was asked for by name, lets it through or says
// which feature to turn on.

#[doc(hidden)]
#[macro_export]
macro_rules! __emit {
    ($($tokens:tt)*) => { $($tokens)* };
}

#[cfg(feature = "compio-io-0_10")]
pub use crate::__emit as only_compio_0_10;
#[cfg(all(feature = "monoio-0_2", unix))]
pub use crate::__emit as only_monoio_0_2;
#[cfg(feature = "futures-io")]
pub use crate::{__emit as only_futures, __emit as view_futures};
#[cfg(feature = "http-body")]
pub use crate::{__emit as literal_trailers, __emit as only_body, __emit as view_body};
pub use crate::{__emit as only_stream, __emit as only_tokio, __emit as view_stream, __emit as view_tokio};

#[cfg(not(all(feature = "http-body", feature = "futures-io")))]
#[doc(hidden)]
#[macro_export]
macro_rules! __discard {
    ($($tokens:tt)*) => {};
}

#[cfg(not(feature = "http-body"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __needs_http_body {
    ($($tokens:tt)*) => {
        $crate::__private::core::compile_error! {
            "the `body` view needs the feature `http-body` of `byte-stream`: turn it on in Cargo.toml"
        }
    };
}

#[cfg(not(feature = "http-body"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __trailers_need_http_body {
    ($($tokens:tt)*) => {
        $crate::__private::core::compile_error! {
            "`trailers` in a `stream!` need the feature `http-body` of `byte-stream`: turn it on in Cargo.toml"
        }
    };
}

#[cfg(not(feature = "futures-io"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __needs_futures_io {
    ($($tokens:tt)*) => {
        $crate::__private::core::compile_error! {
            "the `futures` view needs the feature `futures-io` of `byte-stream`: turn it on in Cargo.toml"
        }
    };
}

#[cfg(not(feature = "compio-io-0_10"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __needs_compio_io_0_10 {
    ($($tokens:tt)*) => {
        $crate::__private::core::compile_error! {
            "`compio_0_10` needs the feature `compio-io-0_10` of `byte-stream`: turn it on in Cargo.toml"
        }
    };
}

#[cfg(not(all(feature = "monoio-0_2", unix)))]
#[doc(hidden)]
#[macro_export]
macro_rules! __needs_monoio_0_2 {
    ($($tokens:tt)*) => {
        $crate::__private::core::compile_error! {
            "`monoio_0_2` needs the feature `monoio-0_2` of `byte-stream`, on Unix: turn it on in Cargo.toml"
        }
    };
}

#[cfg(not(feature = "compio-io-0_10"))]
pub use crate::__needs_compio_io_0_10 as only_compio_0_10;
#[cfg(not(all(feature = "monoio-0_2", unix)))]
pub use crate::__needs_monoio_0_2 as only_monoio_0_2;
#[cfg(not(feature = "futures-io"))]
pub use crate::{__discard as view_futures, __needs_futures_io as only_futures};
#[cfg(not(feature = "http-body"))]
pub use crate::{
    __discard as view_body, __needs_http_body as only_body, __trailers_need_http_body as literal_trailers,
};
