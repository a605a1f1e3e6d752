//! A type's value in its canonical form, a choice of sequences, and what is known of its sources.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::Type;

use crate::model::{Arm, Known, Part};

/// Of each arm its pattern, its sources, and its form if a source is one already; then what says that they are sources.
pub(super) fn arms(arms: &[Arm<'_>]) -> TokenStream {
    if arms.is_empty() {
        // An enum without variants: no value of it will ever be asked for its form.
        return quote!({ _ } [] (()) []);
    }
    let (mut forms, mut assertions) = (TokenStream::new(), TokenStream::new());
    for (i, arm) in arms.iter().enumerate() {
        let (mut bindings, mut sources) = (Vec::new(), TokenStream::new());
        for part in arm.sources() {
            bindings.push(&part.binding);
            sources.extend([source(part)]);
            assertions.extend([asserted(part)]);
        }
        let (pattern, form) = (pattern(arm), choose(i, arms.len(), nest(&bindings)));
        forms.extend([quote!({ #pattern } [#sources] (#form))]);
    }
    quote!(#forms [#assertions])
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
fn asserted(source: &Part<'_>) -> TokenStream {
    let Some(Known::Asserted(name)) = &source.source else { return TokenStream::new() };
    let ty = source.ty;
    let (first, last) = ends(ty);
    let opaque = quote_spanned!(first=> impl __bs::Source<#ty);
    let opaque = quote_spanned!(last=> #opaque>);
    let call = quote_spanned!(first=> __bs::source::<#ty);
    let call = quote_spanned!(last=> #call>());
    quote!(fn #name() -> #opaque { #call })
}

/// Where the first and the last token of a type stand.
fn ends(ty: &Type) -> (Span, Span) {
    let mut ends = None;
    for token in ty.to_token_stream() {
        let (open, close) = match token {
            TokenTree::Group(group) => (group.span_open(), group.span_close()),
            token => (token.span(), token.span()),
        };
        ends.get_or_insert((open, close)).1 = close;
    }
    ends.unwrap_or_else(|| (Span::call_site(), Span::call_site()))
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
    let (mut fields, mut others) = (TokenStream::new(), None);
    for Part { member, binding, source, .. } in &arm.fields {
        match source {
            Some(_) => fields.extend([quote!(#member: #binding,)]),
            None => others = Some(quote!(..)),
        }
    }
    quote!(#path { #fields #others })
}
