//! From the steps to the expression that makes them.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::Path;

use super::field::{Field, Value};
use super::step::{Chunk, Count, Failure, Step};

pub(super) fn expand(krate: &Path, steps: &[Step]) -> TokenStream {
    let private = quote!(#krate::__private);
    let steps = steps.iter().map(|step| one(&private, step));
    quote!(#private::StreamLiteral::new([#(#steps),*]))
}

fn one(private: &TokenStream, step: &Step) -> TokenStream {
    let step_type = quote!(#private::Step);
    match step {
        Step::Chunk(chunk, None) => {
            let chunk = bytes(private, chunk);
            quote!(#step_type::Chunk(#chunk))
        }
        Step::Chunk(chunk, Some(times)) => {
            let (chunk, times) = (bytes(private, chunk), count(times));
            quote!(#step_type::Repeat(#chunk, #times))
        }
        Step::Pending(times) => {
            let times = times.as_ref().map_or_else(|| quote!(1), count);
            quote!(#step_type::Pending(#times))
        }
        Step::Hang => quote!(#step_type::Hang),
        Step::Error(Failure::Kind(kind)) => quote!(#step_type::Error(#private::std::io::ErrorKind::#kind)),
        Step::Error(Failure::Expr(expr)) => {
            let boxed = quote!(#private::core::convert::Into::<#private::BoxError>::into);
            quote!(#step_type::Fail(#boxed(#expr)))
        }
        Step::Panic => quote!(#step_type::Panic),
        Step::Trailers(word, fields) => trailers(private, *word, fields),
    }
}

fn bytes(private: &TokenStream, chunk: &Chunk) -> TokenStream {
    match chunk {
        Chunk::Bytes(bytes) => quote!(#private::bytes::Bytes::from_static(#bytes)),
        Chunk::Text(text) => {
            quote!(#private::bytes::Bytes::from_static(#private::core::primitive::str::as_bytes(#text)))
        }
        Chunk::Expr(expr) => quote!(#private::core::convert::Into::<#private::bytes::Bytes>::into(#expr)),
    }
}

fn count(count: &Count) -> TokenStream {
    match count {
        Count::Number(number) => quote!(#number),
        Count::Expr(expr) => quote!(#expr),
    }
}

/// The runtime lets them through, or says at the word which feature they need.
fn trailers(private: &TokenStream, word: Span, fields: &[Field]) -> TokenStream {
    let are_written = fields.iter().all(|field| matches!(field.value, Value::Text(_)));
    let mut pairs = Vec::with_capacity(fields.len());
    for Field { name, value } in fields {
        pairs.push(match value {
            Value::Text(value) if are_written => quote!((#name, #value)),
            Value::Text(value) => quote!((#name, #private::trailers::written(#value))),
            Value::Expr(expr) => quote!((#name, #private::trailers::value(#expr))),
        });
    }
    let step = if are_written {
        quote!(#private::Step::Fields(&[#(#pairs),*]))
    } else {
        quote!(#private::Step::Trailers(#private::trailers::of([#(#pairs),*])))
    };
    let mut there = TokenStream::new();
    for mut token in private.clone() {
        token.set_span(word.resolved_at(token.span()));
        token.to_tokens(&mut there);
    }
    quote_spanned!(word=> #there::literal_trailers! { #step })
}
