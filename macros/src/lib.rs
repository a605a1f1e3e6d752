//! The derives and the literal of `byte-stream`. Use them through that crate, which documents them.
//!
//! The data flows one way: tokens, the user's type as `syn` sees it, its arguments (`attr`), what they mean (`model`), tokens
//! (`expand`). A `Model` that exists expands without fail.

mod attr;
mod errors;
mod expand;
mod literal;
mod model;

use proc_macro::TokenStream;
use syn::{DeriveInput, parse_macro_input};

/// Makes a struct or an enum a `ByteStream`, with every view.
///
/// A struct streams its source, or several fields marked `#[byte_stream(source)]` one after another, in the order in which
/// they are declared. An enum streams whichever variant it holds. A unit struct or variant is the empty stream.
///
/// | argument | where | what it does |
/// |---|---|---|
/// | `source` | field | marks a source; a lone field needs no mark |
/// | `empty` | variant | it holds something but streams nothing |
/// | `error = Type` | type | the typed face of errors, a `StreamError` |
/// | `only(stream, tokio, futures, body)` | type | these views and no others, whatever the features |
/// | `skip(stream, tokio, futures, body)` | type | all views whose features are on, but these |
/// | `project`, `project = Name` | type | writes `fn project(self: Pin<&mut Self>)`, private to the module |
/// | `bound(..)` | type | replaces the bounds that are inferred |
/// | `crate = path` | type | where `byte_stream` is, if renamed or re-exported |
#[proc_macro_derive(ByteStream, attributes(byte_stream))]
pub fn byte_stream(input: TokenStream) -> TokenStream {
    expand::byte_stream(&parse_macro_input!(input as DeriveInput)).into()
}

/// Gives every view to a type that implements `ByteStream` by hand.
///
/// It takes the arguments `error`, `only`, `skip` and `crate` of `#[derive(ByteStream)]`.
#[proc_macro_derive(ByteStreamViews, attributes(byte_stream))]
pub fn byte_stream_views(input: TokenStream) -> TokenStream {
    expand::byte_stream_views(&parse_macro_input!(input as DeriveInput)).into()
}

#[doc(hidden)]
#[proc_macro]
pub fn stream_literal(input: TokenStream) -> TokenStream {
    literal::expand(input.into()).into()
}
