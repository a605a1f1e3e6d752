//! The sources of a type, pinned and looked at, and the guards that make the pinning sound.

use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};
use syn::{Generics, Lifetime, Type, parse_quote};

use super::invented;
use crate::model::{Arm, Model};

pub(super) fn expand(model: &Model<'_>) -> TokenStream {
    let ident = model.faces.ident;
    let (impl_generics, ty_generics, where_clause) = model.faces.generics.split_for_impl();
    let core_generics = model.core_generics();
    let (_, _, core_where) = core_generics.split_for_impl();

    let pin = quote!(__bs::Pin);
    // All of it stands where the user wrote the type, as the variable does: there the compiler's message about a type that is no source shall point.
    let pinned = form(
        model,
        &quote!(#pin::get_unchecked_mut(self)),
        &|ty, field| quote_spanned!(field.span()=> <#ty as __bs::Source>::pinned(__bs::Pin::new_unchecked(#field))),
    );
    let shared =
        form(model, &quote!(self), &|ty, field| quote_spanned!(field.span()=> <#ty as __bs::Source>::shared(#field)));
    let source_types = model.source_types();
    let (guarded, pin_lifetime) = with_pin_lifetime(model.faces.generics);
    let (guarded_generics, _, _) = guarded.split_for_impl();
    let unpin =
        add_predicate(model.faces.generics, &quote!(__bs::PinGuard<#pin_lifetime, (#(#source_types,)*)>: __bs::Unpin));

    quote! {
        impl #impl_generics #ident #ty_generics #core_where {
            #[inline]
            fn __byte_stream_pinned(self: #pin<&mut Self>) -> impl __bs::Pinned<'_> {
                // SAFETY: the sources are pinned whenever the type is. Nothing here or in a method of another trait moves one
                // out of a pinned type: they are reached through this method alone, the type is `Unpin` only if all of
                // them are (the impl below, beside which no other can stand), it does not implement `Drop` (the guard
                // below), and it is not packed.
                unsafe { #pinned }
            }

            #[inline]
            fn __byte_stream_shared(&self) -> impl __bs::Shared {
                #shared
            }
        }

        #[automatically_derived]
        impl #guarded_generics __bs::Unpin for #ident #ty_generics #unpin {}

        #[automatically_derived]
        impl #impl_generics __bs::MustNotImplementDrop for #ident #ty_generics #where_clause {}
    }
}

/// The type's value in its canonical form, a choice of sequences, where `reference` makes one of the variable that is bound to a
/// source of some type.
fn form(model: &Model<'_>, of: &TokenStream, reference: &dyn Fn(&Type, &Ident) -> TokenStream) -> TokenStream {
    if model.arms.is_empty() {
        // An enum without variants: no value of it will ever be asked for its form.
        return quote!(__bs::EMPTY);
    }
    let arms = model.arms.iter().enumerate().map(|(i, arm)| {
        let sources: Vec<_> = arm.sources().map(|source| reference(source.ty, &source.binding)).collect();
        let form = nest(&sources);
        let form = choose(i, model.arms.len(), form);
        let pattern = pattern(arm);
        quote!(#pattern => #form)
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

/// Binds the sources of an arm. Braces fit every kind of struct and variant.
fn pattern(arm: &Arm<'_>) -> TokenStream {
    let path = arm.path();
    let fields = arm.sources().map(|source| {
        let (member, binding) = (&source.member, &source.binding);
        quote!(#member: #binding)
    });
    let others = arm.fields.iter().any(|field| !field.is_source).then(|| quote!(..));
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
