//! A type's value in its canonical form, a choice of sequences, and what is known of its sources.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::Type;

use crate::model::{Arm, Known, Part};

/// Of each arm its pattern, its sources, and its form if a source is one already.
pub(super) fn arms(arms: &[Arm<'_>]) -> TokenStream {
    if arms.is_empty() {
        // An enum without variants: no value of it will ever be asked for its form.
        return quote!({ _ } [] (()));
    }
    let n = arms.len();
    let arms = arms.iter().enumerate().map(|(i, arm)| {
        let bindings: Vec<_> = arm.sources().map(|source| &source.binding).collect();
        let form = choose(i, n, nest(&bindings));
        let (pattern, sources) = (pattern(arm), arm.sources().map(source));
        quote!({ #pattern } [#(#sources)*] (#form))
    });
    quote!(#(#arms)*)
}

/// The variable, its type, and how it is known to be a source.
fn source(source: &Part<'_>) -> TokenStream {
    let (binding, ty) = (&source.binding, source.ty);
    match &source.source {
        Some(Known::Asserted(name)) => quote!(#binding: (#ty) #name;),
        _ => quote!(#binding: [#ty];),
    }
}

/// Says that a type which no bound speaks of is a source.
///
/// All of it stands where the user wrote the type, from its first token to its last: there the compiler's message about a type that is
/// no source shall point, once. What comes back is opaque, so that nothing else depends on whether it is true.
pub(super) fn asserted(source: &Part<'_>) -> Option<TokenStream> {
    let Some(Known::Asserted(name)) = &source.source else { return None };
    let ty = source.ty;
    let (first, last) = ends(ty);
    let opaque = quote_spanned!(first=> impl __bs::Source<#ty);
    let opaque = quote_spanned!(last=> #opaque>);
    let call = quote_spanned!(first=> __bs::source::<#ty);
    let call = quote_spanned!(last=> #call>());
    Some(quote!(fn #name() -> #opaque { #call }))
}

/// Where the first and the last token of a type stand.
fn ends(ty: &Type) -> (Span, Span) {
    let mut tokens = ty.to_token_stream().into_iter();
    let first = tokens.next();
    let last = tokens.last().or_else(|| first.clone());
    let open = first.map_or_else(Span::call_site, |token| match token {
        TokenTree::Group(group) => group.span_open(),
        token => token.span(),
    });
    let close = last.map_or_else(Span::call_site, |token| match token {
        TokenTree::Group(group) => group.span_close(),
        token => token.span(),
    });
    (open, close)
}

/// The `i`th of `n` choices. They are halved, not told off one by one: a form as deep as the enum is long takes the compiler minutes.
fn choose(i: usize, n: usize, form: TokenStream) -> TokenStream {
    match n / 2 {
        0 => form,
        half if i < half => {
            let form = choose(i, half, form);
            quote!(__bs::Left(#form))
        }
        half => {
            let form = choose(i - half, n - half, form);
            quote!(__bs::Right(#form))
        }
    }
}

/// `()`, one, `(first, second)`, halved like the choices.
fn nest(sources: &[&Ident]) -> TokenStream {
    match sources {
        [] => quote!(()),
        [one] => one.to_token_stream(),
        _ => {
            let (first, rest) = sources.split_at(sources.len() / 2);
            let (first, rest) = (nest(first), nest(rest));
            quote!((#first, #rest))
        }
    }
}

/// Binds the sources of an arm. Braces fit every kind of struct and variant.
fn pattern(arm: &Arm<'_>) -> TokenStream {
    let path = arm.path();
    let fields = arm.sources().map(|source| {
        let (member, binding) = (&source.member, &source.binding);
        quote!(#member: #binding)
    });
    let others = arm.fields.iter().any(|field| field.source.is_none()).then(|| quote!(..));
    quote!(#path { #(#fields,)* #others })
}
