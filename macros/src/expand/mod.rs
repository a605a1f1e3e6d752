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
use syn::{DeriveInput, GenericParam, Generics};

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
fn parameters(generics: &Generics) -> TokenStream {
    let is_lifetime = |param: &&GenericParam| matches!(param, GenericParam::Lifetime(_));
    let lifetimes = generics.params.iter().filter(is_lifetime);
    let others = generics.params.iter().filter(|param| !is_lifetime(param)).map(|param| {
        let mut param = param.clone();
        match &mut param {
            GenericParam::Type(param) => param.default = None,
            GenericParam::Const(param) => param.default = None,
            GenericParam::Lifetime(_) => {}
        }
        param
    });
    quote!(#(#lifetimes,)* #(#others,)*)
}

/// What the type's own `where` clause says.
fn own_predicates(generics: &Generics) -> TokenStream {
    let own = generics.where_clause.iter().flat_map(|clause| &clause.predicates);
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
