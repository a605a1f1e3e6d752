//! The tokens that a model becomes.

mod core;
mod fallback;
mod form;
mod invented;
mod project;
mod views;

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{ConstParam, DeriveInput, GenericParam, Generics, LifetimeParam, TypeParam};

use crate::lints;
use crate::model::{Faces, Model};

pub(crate) fn byte_stream(input: &DeriveInput) -> TokenStream {
    match Model::of(input) {
        Ok(model) => {
            let core = core::expand(&model);
            let views = views::expand(&model.faces);
            let (projection, project) = project::expand(&model);
            let module = in_const(&model.faces, &[projection, project, core, views]);
            let named = project::named(&model);
            quote!(#named #module)
        }
        Err(broken) => fallback::expand(&broken.rest, &broken.error),
    }
}

pub(crate) fn byte_stream_views(input: &DeriveInput) -> TokenStream {
    match Faces::of(input) {
        Ok(faces) => in_const(&faces, &[views::expand(&faces)]),
        Err(broken) => {
            let faces = &broken.rest;
            fallback::with_messages(&broken.error, &in_const(faces, &[views::expand(faces)]))
        }
    }
}

/// Keeps everything that is written here out of the user's names, and the user's names out of it.
fn in_const(faces: &Faces<'_>, items: &[TokenStream]) -> TokenStream {
    let krate = &faces.krate;
    let allowances = lints::allowances();
    quote! {
        #allowances
        const _: () = {
            use #krate::__private as __bs;
            #(#items)*
        };
    }
}

/// The parameters as an impl declares them: those for lifetimes first, none with a default.
// Here and elsewhere a stream grows by `[stream]`: by the bare one, it would be taken apart into its tokens, at some cost.
fn parameters(generics: &Generics) -> TokenStream {
    let (mut lifetimes, mut others) = (TokenStream::new(), TokenStream::new());
    for param in &generics.params {
        match param {
            GenericParam::Lifetime(param) => lifetimes.extend([quote!(#param,)]),
            GenericParam::Type(TypeParam { attrs, ident, colon_token, bounds, .. }) => {
                others.extend([quote!(#(#attrs)* #ident #colon_token #bounds,)]);
            }
            GenericParam::Const(ConstParam { attrs, const_token, ident, colon_token, ty, .. }) => {
                others.extend([quote!(#(#attrs)* #const_token #ident #colon_token #ty,)]);
            }
        }
    }
    quote!(#lifetimes #others)
}

/// The parameters as they are handed on: those for lifetimes first, in whatever order they are declared.
fn generic_arguments(generics: &Generics) -> TokenStream {
    let (mut lifetimes, mut others) = (TokenStream::new(), TokenStream::new());
    for param in &generics.params {
        match param {
            GenericParam::Lifetime(LifetimeParam { lifetime, .. }) => lifetimes.extend([quote!(#lifetime,)]),
            GenericParam::Type(TypeParam { ident, .. }) | GenericParam::Const(ConstParam { ident, .. }) => {
                others.extend([quote!(#ident,)]);
            }
        }
    }
    quote!(#lifetimes #others)
}

/// What the type's own `where` clause says.
pub(crate) fn own_predicates(generics: &Generics) -> TokenStream {
    let Some(clause) = &generics.where_clause else { return TokenStream::new() };
    let own = clause.predicates.iter();
    quote!(#(#own,)*)
}

/// The error on the faces, if it is not the usual one; how it is made from the carrier; and how a carrier is made that holds it. All
/// of it stands where the user wrote the type: there the compiler's message about a type that is no `StreamError` shall point, once.
fn typed(faces: &Faces<'_>) -> Option<TokenStream> {
    let error = faces.error.as_ref()?;
    Some(quote_spanned! {error.span()=>
        (#error)
        (.map_err(|__error| <#error as __bs::StreamError>::from_io(__error)))
        (.map_err(|__error| <#error as __bs::StreamError>::into_io(<#error as __bs::StreamError>::from_io(__error))))
    })
}
