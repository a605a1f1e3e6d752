//! monoio's `AsyncReadRent`, as of monoio 0.2.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::unpin_view_header;
use crate::model::Faces;

pub(super) fn expand(faces: &Faces<'_>) -> TokenStream {
    let header = unpin_view_header(faces, &quote!(__bs::monoio_0_2::io::AsyncReadRent));
    let methods = [("read", "IoBufMut"), ("readv", "IoVecBufMut")].map(|(method, buf)| {
        let (method, buf) = (Ident::new(method, Span::call_site()), Ident::new(buf, Span::call_site()));
        quote! {
            fn #method<__B: __bs::monoio_0_2::buf::#buf>(
                &mut self,
                __buf: __B,
            ) -> impl __bs::core::future::Future<
                Output = __bs::monoio_0_2::BufResult<__bs::core::primitive::usize, __B>,
            > {
                __bs::view::monoio_0_2::#method(self, __buf)
            }
        }
    });
    quote!(#header { #(#methods)* })
}
