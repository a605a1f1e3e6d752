//! The sources of a type, pinned and looked at, and the guards that make the pinning sound.

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::{GenericParam, Generics, Lifetime, Type, parse_quote};

use super::invented;
use crate::model::{Arm, Known, Model, Part};

pub(super) fn expand(model: &Model<'_>) -> TokenStream {
    let ident = model.faces.ident;
    let (impl_generics, ty_generics, where_clause) = model.faces.generics.split_for_impl();
    let core_generics = model.core_generics();
    let (_, _, core_where) = core_generics.split_for_impl();

    let pin = quote!(__bs::Pin);
    let pinned = form(model, &quote!(#pin::get_unchecked_mut(self)), Some(&pin), &|source| {
        let (known, field) = (known(source), &source.binding);
        quote!(__bs::Source::pinned(#known, #field))
    });
    let shared = form(model, &quote!(self), None, &|source| {
        let (known, field) = (known(source), &source.binding);
        quote!(__bs::Source::shared(#known, #field))
    });
    let captured = model.faces.generics.params.iter().map(|param| match param {
        GenericParam::Lifetime(param) => param.lifetime.to_token_stream(),
        GenericParam::Type(param) => param.ident.to_token_stream(),
        GenericParam::Const(param) => param.ident.to_token_stream(),
    });
    let captured = quote!(#(#captured),*);
    let asserted = model.arms.iter().flat_map(Arm::sources).filter_map(|source| asserted(source, &captured));

    let source_types = model.source_types();
    let (guarded, pin_lifetime) = with_pin_lifetime(model.faces.generics);
    let (guarded_generics, _, _) = guarded.split_for_impl();
    let unpin =
        add_predicate(model.faces.generics, &quote!(__bs::PinGuard<#pin_lifetime, (#(#source_types,)*)>: __bs::Unpin));

    quote! {
        impl #impl_generics #ident #ty_generics #core_where {
            #[inline]
            fn __byte_stream_pinned<#pin_lifetime>(
                self: #pin<&#pin_lifetime mut Self>,
            ) -> impl __bs::Pinned<#pin_lifetime> + use<#pin_lifetime, #captured> {
                // SAFETY: the sources are pinned whenever the type is. Nothing here or in a method of another trait moves one
                // out of a pinned type: they are reached through this method alone, the type is `Unpin` only if all of
                // them are (the impl below, beside which no other can stand), it does not implement `Drop` (the guard
                // below), and it is not packed.
                unsafe { #pinned }
            }

            #[inline]
            fn __byte_stream_shared<#pin_lifetime>(
                &#pin_lifetime self,
            ) -> impl __bs::Shared + use<#pin_lifetime, #captured> {
                #shared
            }

            #(#asserted)*
        }

        #[automatically_derived]
        impl #guarded_generics __bs::Unpin for #ident #ty_generics #unpin {}

        #[automatically_derived]
        impl #impl_generics __bs::MustNotImplementDrop for #ident #ty_generics #where_clause {}
    }
}

/// That a source is one.
fn known(source: &Part<'_>) -> TokenStream {
    if let Some(Known::Asserted(name)) = &source.source {
        return quote!(Self::#name());
    }
    let ty = source.ty;
    quote!(__bs::source::<#ty>())
}

/// Says that a type which no bound speaks of is a source.
///
/// All of it stands where the user wrote the type, from its first token to its last: there the compiler's message about a type that is
/// no source shall point, once. What comes back is opaque, so that nothing else depends on whether it is true.
fn asserted(source: &Part<'_>, captured: &TokenStream) -> Option<TokenStream> {
    let Some(Known::Asserted(name)) = &source.source else { return None };
    let ty = source.ty;
    let (first, last) = ends(ty);
    let opaque = quote_spanned!(first=> impl __bs::Source<#ty>);
    let opaque = quote_spanned!(last=> #opaque + use<#captured>);
    let call = quote_spanned!(first=> __bs::source::<#ty);
    let call = quote_spanned!(last=> #call>());
    Some(quote! {
        fn #name() -> #opaque {
            #call
        }
    })
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

/// The type's value in its canonical form, a choice of sequences, where `reference` makes one of a source.
fn form(
    model: &Model<'_>,
    of: &TokenStream,
    pin: Option<&TokenStream>,
    reference: &dyn Fn(&Part<'_>) -> TokenStream,
) -> TokenStream {
    if model.arms.is_empty() {
        // An enum without variants: no value of it will ever be asked for its form.
        return quote!(__bs::EMPTY);
    }
    let arms = model.arms.iter().enumerate().map(|(i, arm)| {
        let sources: Vec<_> = arm.sources().map(reference).collect();
        let form = nest(&sources);
        let form = choose(i, model.arms.len(), form);
        let pattern = pattern(arm);
        match pin {
            Some(pin) if !sources.is_empty() => {
                let pins = pins(arm, pin);
                quote!(#pattern => { #pins #form })
            }
            _ => quote!(#pattern => #form),
        }
    });
    quote!(match #of { #(#arms,)* })
}

/// The `i`th of `n` choices. They are halved, not told off one by one: a form as deep as the enum is long takes the compiler minutes.
fn choose(i: usize, n: usize, form: TokenStream) -> TokenStream {
    match n / 2 {
        0 => form,
        half if i < half => {
            let form = choose(i, half, form);
            quote!(__bs::Either::Left(#form))
        }
        half => {
            let form = choose(i - half, n - half, form);
            quote!(__bs::Either::Right(#form))
        }
    }
}

/// `()`, one, `(first, second)`, halved like the choices.
fn nest(sources: &[TokenStream]) -> TokenStream {
    match sources {
        [] => quote!(()),
        [one] => one.clone(),
        _ => {
            let (first, rest) = sources.split_at(sources.len() / 2);
            let (first, rest) = (nest(first), nest(rest));
            quote!((#first, #rest))
        }
    }
}

/// Pins the sources that an arm has bound.
///
/// Each is pinned before it is said what it shall be: a `&mut` in a place where another type is expected would be dereferenced by a `DerefMut`
/// of the user's, which may move what is pinned. A field has another type than the one that is written if that means something else
/// among our names, or if an attribute below the derive has replaced it.
pub(super) fn pins(arm: &Arm<'_>, pin: &TokenStream) -> TokenStream {
    let bindings = arm.sources().map(|source| &source.binding);
    quote!(#(let #bindings = #pin::new_unchecked(#bindings);)*)
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

/// The parameters of the type and, before them, the lifetime for which it is pinned.
pub(super) fn with_pin_lifetime(generics: &Generics) -> (Generics, Lifetime) {
    let pin = invented::lifetime("__pin", generics);
    let mut generics = generics.clone();
    generics.params.insert(0, parse_quote!(#pin));
    (generics, pin)
}

/// The type's own `where` clause, and one predicate more.
fn add_predicate(generics: &Generics, predicate: &TokenStream) -> TokenStream {
    let own = generics.where_clause.iter().flat_map(|clause| &clause.predicates);
    quote!(where #(#own,)* #predicate)
}
