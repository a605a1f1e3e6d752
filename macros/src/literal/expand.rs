//! From the steps to the expression that makes them.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
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
    let names = fields.iter().map(|field| &field.name);
    let written = fields.iter().map(|field| match &field.value {
        Value::Text(value) => Some(value),
        Value::Expr(_) => None,
    });
    let step = if let Some(values) = written.collect::<Option<Vec<_>>>() {
        quote!(#private::Step::Fields(&[#((#names, #values)),*]))
    } else {
        let values = fields.iter().map(|field| match &field.value {
            Value::Text(value) => quote!(#private::trailers::written(#value)),
            Value::Expr(expr) => quote!(#private::trailers::value(#expr)),
        });
        quote!(#private::Step::Trailers(#private::trailers::of([#((#names, #values)),*])))
    };
    let private = private.clone().into_iter().map(|mut token| {
        token.set_span(word.resolved_at(token.span()));
        token
    });
    quote_spanned!(word=> #(#private)*::literal_trailers! { #step })
}
