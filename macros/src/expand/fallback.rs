//! What stands in for the impls when the input is wrong, so that one mistake gives one message.

use proc_macro2::TokenStream;
use quote::quote;

use super::{in_const, project, views};
use crate::model::Model;

pub(super) fn expand(model: &Model<'_>, error: &syn::Error) -> TokenStream {
    let faces = &model.faces;
    let ident = faces.ident;
    let (impl_generics, ty_generics, where_clause) = faces.generics.split_for_impl();
    let this = quote!(self: __bs::core::pin::Pin<&mut Self>);
    let cx = quote!(_: &mut __bs::core::task::Context<'_>);
    let poll = quote!(__bs::core::task::Poll);
    let option = quote!(__bs::core::option::Option);
    let result = quote!(__bs::std::io::Result);
    let never = quote!({ __bs::core::unreachable!() });
    let core = quote! {
        #[automatically_derived]
        impl #impl_generics __bs::ByteStream for #ident #ty_generics #where_clause {
            fn poll_chunk(#this, #cx, _: __bs::core::primitive::usize) -> #poll<#option<#result<__bs::bytes::Bytes>>> #never
            fn poll_peek(#this, #cx) -> #poll<#result<&[__bs::core::primitive::u8]>> #never
            fn consume_peeked(#this, _: __bs::core::primitive::usize) #never
            fn state(&self) -> __bs::State #never
            fn bytes_left(&self) -> (__bs::core::primitive::u64, #option<__bs::core::primitive::u64>) #never
        }
    };
    let (projection, project) = project::expand(model);
    let module = in_const(faces, &[projection, project, core, views::expand(faces)]);
    let named = project::named(model);
    with_messages(error, &quote!(#named #module))
}

pub(super) fn with_messages(error: &syn::Error, impls: &TokenStream) -> TokenStream {
    let messages = error.to_compile_error();
    quote!(#messages #impls)
}
