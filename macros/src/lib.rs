//! The derives and the literal of `byte-stream`. Use them through that crate, which documents them.
//!
//! The data flows one way: tokens, the user's type as `syn` sees it, its arguments (`attr`), what they mean (`model`), tokens
//! (`expand`). A `Model` that exists expands without fail.

mod arguments;
mod attr;
mod errors;
mod expand;
mod lints;
mod literal;
mod model;
mod nearest;
#[cfg(test)]
mod snapshots;
mod stream_error;
#[cfg(test)]
mod tests;

use proc_macro::TokenStream;
use syn::{DeriveInput, parse_macro_input};

// What a user reads about the derives stands beside their re-exports, where its examples can run.

#[allow(missing_docs, reason = "documented where it is re-exported")]
#[proc_macro_derive(ByteStream, attributes(byte_stream))]
pub fn byte_stream(input: TokenStream) -> TokenStream {
    expand::byte_stream(&parse_macro_input!(input as DeriveInput)).into()
}

#[allow(missing_docs, reason = "documented where it is re-exported")]
#[proc_macro_derive(ByteStreamViews, attributes(byte_stream))]
pub fn byte_stream_views(input: TokenStream) -> TokenStream {
    expand::byte_stream_views(&parse_macro_input!(input as DeriveInput)).into()
}

#[allow(missing_docs, reason = "documented where it is re-exported")]
#[proc_macro_derive(StreamError, attributes(stream_error))]
pub fn stream_error(input: TokenStream) -> TokenStream {
    stream_error::stream_error(&parse_macro_input!(input as DeriveInput)).into()
}

#[doc(hidden)]
#[proc_macro]
pub fn stream_literal(input: TokenStream) -> TokenStream {
    literal::expand(input.into()).into()
}
