//! `ByteStream` itself: each method hands over to the sources in their canonical form.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

use super::stream_error;
use crate::model::Model;

pub(super) fn expand(model: &Model<'_>) -> TokenStream {
    let ident = model.faces.ident;
    let generics = model.core_generics();
    let (impl_generics, ty_generics, where_clause) = generics.split_for_impl();

    let this = quote!(self: __bs::core::pin::Pin<&mut Self>);
    let cx = quote!(__cx: &mut __bs::core::task::Context<'_>);
    let usize = quote!(__bs::core::primitive::usize);
    let u64 = quote!(__bs::core::primitive::u64);
    let poll = quote!(__bs::core::task::Poll);
    let option = quote!(__bs::core::option::Option);
    let result = quote!(__bs::std::io::Result);
    let pinned = quote!(Self::__byte_stream_pinned(self));
    let shared = quote!(&Self::__byte_stream_shared(self));
    // Every error that leaves the core carries the type that the faces show.
    let typed = model.faces.error.as_ref().map(|error| {
        let (from_io, into_io) = (stream_error(error, "from_io"), stream_error(error, "into_io"));
        quote_spanned!(error.span()=> .map_err(|__error| #into_io(#from_io(__error))))
    });

    quote! {
        #[automatically_derived]
        impl #impl_generics __bs::ByteStream for #ident #ty_generics #where_clause {
            #[inline]
            fn poll_chunk(#this, #cx, __max: #usize) -> #poll<#option<#result<__bs::bytes::Bytes>>> {
                __bs::Pinned::poll_chunk(&mut #pinned, __cx, __max) #typed
            }

            #[inline]
            fn poll_peek(#this, #cx) -> #poll<#result<&[__bs::core::primitive::u8]>> {
                __bs::Pinned::poll_peek(#pinned, __cx) #typed
            }

            #[inline]
            fn poll_lends(#this, #cx) -> #poll<#result<__bs::core::primitive::bool>> {
                __bs::Pinned::poll_lends(&mut #pinned, __cx) #typed
            }

            #[inline]
            fn consume_peeked(#this, __n: #usize) {
                __bs::Pinned::consume_peeked(&mut #pinned, __n)
            }

            #[inline]
            fn poll_read_into(#this, #cx, __buf: &mut __bs::tokio::io::ReadBuf<'_>) -> #poll<#result<()>> {
                __bs::Pinned::poll_read_into(&mut #pinned, __cx, __buf) #typed
            }

            #[inline]
            fn state(&self) -> __bs::State {
                __bs::Shared::state(#shared)
            }

            #[inline]
            fn bytes_left(&self) -> (#u64, #option<#u64>) {
                __bs::Shared::bytes_left(#shared)
            }

            #[inline]
            fn poll_trailers(#this, #cx) -> #poll<#option<#result<__bs::Trailers>>> {
                __bs::Pinned::poll_trailers(&mut #pinned, __cx) #typed
            }
        }
    }
}
