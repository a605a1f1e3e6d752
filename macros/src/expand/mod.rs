//! The tokens that a model becomes: one file a view.

mod body;
mod compio_0_10;
mod core;
mod fallback;
mod futures;
mod monoio_0_2;
mod pin;
mod project;
mod stream;
mod tokio;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{DeriveInput, Type};

use crate::attr::View;
use crate::model::{Face, Faces, Model};

pub(crate) fn byte_stream(input: &DeriveInput) -> TokenStream {
    match Model::of(input) {
        Ok(model) => {
            let core = core::expand(&model);
            let pin = pin::expand(&model);
            let views = views(&model.faces);
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
        Ok(faces) => in_const(&faces, &[views(&faces)]),
        Err(broken) => {
            let faces = &broken.rest;
            fallback::with_messages(&broken.error, &in_const(faces, &[views(faces)]))
        }
    }
}

/// A method of the error on the face. All of it stands where the user wrote the type: there the compiler's message about a type
/// that is no `StreamError` shall point, once.
fn stream_error(error: &Type, method: &str) -> TokenStream {
    let method = Ident::new(method, error.span());
    quote_spanned!(error.span()=> <#error as __bs::StreamError>::#method)
}

/// Keeps everything that is written here out of the user's names, and the user's names out of it.
fn in_const(faces: &Faces<'_>, items: &[TokenStream]) -> TokenStream {
    let krate = &faces.krate;
    quote! {
        #[allow(deprecated, unused_qualifications, reason = "what stands where a type was written is linted like it")]
        const _: () = {
            use #krate::__private as __bs;
            #(#items)*
        };
    }
}

/// The views, each behind the macro of the runtime that knows whether its feature is on.
fn views(faces: &Faces<'_>) -> TokenStream {
    faces
        .views
        .iter()
        .map(|face| {
            let (view, gate, span) = match face {
                Face::IfOn(view) => (view, "view", Span::call_site()),
                Face::Asked(view, word) => (view, "only", *word),
            };
            let imp = match view {
                View::Stream => stream::expand(faces),
                View::Tokio => tokio::expand(faces),
                View::Futures => futures::expand(faces),
                View::Body => body::expand(faces),
                View::Compio010 => compio_0_10::expand(faces),
                View::Monoio02 => monoio_0_2::expand(faces),
            };
            let gate = format_ident!("{gate}_{}", view.name(), span = span);
            quote_spanned!(span=> __bs::#gate! { #imp })
        })
        .collect()
}

/// `impl<..> Trait for Type<..> where ..` of a view: all that it needs is the core.
fn view_header(faces: &Faces<'_>, trait_: &TokenStream) -> TokenStream {
    header(faces, trait_, &quote!(__bs::ByteStream))
}

/// The same of a view whose methods take a `&mut self`.
fn unpin_view_header(faces: &Faces<'_>, trait_: &TokenStream) -> TokenStream {
    header(faces, trait_, &quote!(__bs::ByteStream + __bs::core::marker::Unpin))
}

fn header(faces: &Faces<'_>, trait_: &TokenStream, needs: &TokenStream) -> TokenStream {
    let ident = faces.ident;
    let mut generics = faces.generics.clone();
    if faces.is_generic() {
        generics.make_where_clause().predicates.push(syn::parse_quote!(Self: #needs));
    }
    generics.make_where_clause().predicates.extend(faces.error_bound.clone());
    let (impl_generics, ty_generics, where_clause) = generics.split_for_impl();
    quote! {
        #[automatically_derived]
        impl #impl_generics #trait_ for #ident #ty_generics #where_clause
    }
}

/// An `AsyncBufRead`, on which tokio and futures agree.
fn buf_read(faces: &Faces<'_>, trait_: &TokenStream) -> TokenStream {
    let header = view_header(faces, trait_);
    quote! {
        #header {
            #[inline]
            fn poll_fill_buf(
                self: __bs::core::pin::Pin<&mut Self>,
                __cx: &mut __bs::core::task::Context<'_>,
            ) -> __bs::core::task::Poll<__bs::std::io::Result<&[__bs::core::primitive::u8]>> {
                __bs::ByteStream::poll_peek(self, __cx)
            }

            #[inline]
            fn consume(self: __bs::core::pin::Pin<&mut Self>, __n: __bs::core::primitive::usize) {
                __bs::ByteStream::consume_peeked(self, __n)
            }
        }
    }
}
