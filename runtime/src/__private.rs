//! What the expansions name. Nothing here is for anybody else, and any of it may change.

pub use ::{bytes, core, futures_core, std};
pub use ::core::marker::Unpin;
pub use ::core::option::Option;
pub use ::core::pin::Pin;
pub use ::core::primitive::{bool, u8, u64, usize};
pub use ::core::result::Result;
pub use ::core::task::{Context, Poll};
pub use ::std::io;
pub use ::tokio::io::ReadBuf;

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

pub use crate::algebra::{
    Either::{Left, Right},
    Pinned, Shared, Source, source,
};
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
///
/// It is a type of this crate for one reason more: of another crate's type, the compiler does not take for granted that it will never be
/// `Unpin`. Of the user's own it would, and let an impl of theirs stand beside the derived one for sources that are not `Unpin`.
#[derive(Debug)]
pub struct PinGuard<'a, T: ?Sized>(PhantomData<&'a ()>, PhantomData<T>);

/// A derived type may not implement `Drop`: it would get a `&mut Self` to sources that are pinned.
///
/// The derive implements this too, so that a type which is `Drop` has two impls.
pub trait MustNotImplementDrop {}

#[expect(drop_bounds, reason = "to collide with a type that implements `Drop` is what this is for")]
impl<T: Drop> MustNotImplementDrop for T {}

pub use crate::__byte_stream as byte_stream;
pub use crate::__views as views;

// The derives name the views and give the header of their impls, since the macro crate does not know which features are on.

/// The impls of the views that are named, as far as their features are on.
#[doc(hidden)]
#[macro_export]
macro_rules! __views {
    ($header:tt $($view:ident)*) => {$(
        $crate::__private::if_on::$view! $header
    )*};
}

/// Each view's impls, or nothing where its feature is off.
pub mod if_on {
    #[cfg(feature = "http-body")]
    pub use crate::__view_body as body;
    #[cfg(feature = "compio-io-0_10")]
    pub use crate::__view_compio_0_10 as compio_0_10;
    #[cfg(feature = "futures-io")]
    pub use crate::__view_futures as futures;
    #[cfg(all(feature = "monoio-0_2", unix))]
    pub use crate::__view_monoio_0_2 as monoio_0_2;
    pub use crate::{__view_stream as stream, __view_tokio as tokio};

    #[cfg(not(feature = "http-body"))]
    pub use crate::__nothing as body;
    #[cfg(not(feature = "compio-io-0_10"))]
    pub use crate::__nothing as compio_0_10;
    #[cfg(not(feature = "futures-io"))]
    pub use crate::__nothing as futures;
    #[cfg(not(all(feature = "monoio-0_2", unix)))]
    pub use crate::__nothing as monoio_0_2;
}

/// Nothing, or for a view that was asked for by name and whose feature is off, which one to turn on.
pub mod asked {
    #[cfg(feature = "http-body")]
    pub use crate::__nothing as body;
    #[cfg(feature = "compio-io-0_10")]
    pub use crate::__nothing as compio_0_10;
    #[cfg(feature = "futures-io")]
    pub use crate::__nothing as futures;
    #[cfg(all(feature = "monoio-0_2", unix))]
    pub use crate::__nothing as monoio_0_2;
    pub use crate::{__nothing as stream, __nothing as tokio};

    #[cfg(not(feature = "compio-io-0_10"))]
    pub use crate::__needs_compio_io_0_10 as compio_0_10;
    #[cfg(not(feature = "futures-io"))]
    pub use crate::__needs_futures_io as futures;
    #[cfg(not(feature = "http-body"))]
    pub use crate::__needs_http_body as body;
    #[cfg(not(all(feature = "monoio-0_2", unix)))]
    pub use crate::__needs_monoio_0_2 as monoio_0_2;
}

#[doc(hidden)]
#[macro_export]
macro_rules! __nothing {
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

#[cfg(feature = "http-body")]
#[doc(hidden)]
#[macro_export]
macro_rules! __literal_trailers {
    ($($tokens:tt)*) => { $($tokens)* };
}

#[cfg(feature = "http-body")]
pub use crate::__literal_trailers as literal_trailers;
#[cfg(not(feature = "http-body"))]
pub use crate::__trailers_need_http_body as literal_trailers;
