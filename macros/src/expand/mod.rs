//! The tokens that a model becomes.

mod core;
mod fallback;
mod invented;
mod pin;
mod project;
mod views;

use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{DeriveInput, Generics};

use crate::lints;
use crate::model::{Faces, Model};

pub(crate) fn byte_stream(input: &DeriveInput) -> TokenStream {
    match Model::of(input) {
        Ok(model) => {
            let core = core::expand(&model);
            let pin = pin::expand(&model);
            let views = views::expand(&model.faces);
            let (projection, project) = project::expand(&model);
            let module = in_const(&model.faces, &[projection, pin, project, core, views]);
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

/// What a macro of the runtime needs to write an impl: `impl<..>`, and the type with its `where` clause.
fn header(ident: &Ident, generics: &Generics) -> TokenStream {
    let (impl_generics, ty_generics, where_clause) = generics.split_for_impl();
    quote!((impl #impl_generics) (#ident #ty_generics #where_clause))
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
