//! `Stream` and `FusedStream`.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

use super::{stream_error, view_header};
use crate::model::Faces;

pub(super) fn expand(faces: &Faces<'_>) -> TokenStream {
    let stream = view_header(faces, &quote!(__bs::futures_core::Stream));
    let fused = view_header(faces, &quote!(__bs::futures_core::FusedStream));
    let error = faces.error.as_ref().map_or_else(|| quote!(__bs::std::io::Error), |error| quote!(#error));
    let typed = faces.error.as_ref().map(|error| {
        let from_io = stream_error(error, "from_io");
        let from_io = quote_spanned!(error.span()=> #from_io(__error));
        quote!(.map_err(|__error| #from_io))
    });
    quote! {
        #stream {
            type Item = __bs::core::result::Result<__bs::bytes::Bytes, #error>;

            #[inline]
            fn poll_next(
                self: __bs::core::pin::Pin<&mut Self>,
                __cx: &mut __bs::core::task::Context<'_>,
            ) -> __bs::core::task::Poll<__bs::core::option::Option<Self::Item>> {
                __bs::view::stream::poll_next(self, __cx) #typed
            }

            fn size_hint(&self) -> (__bs::core::primitive::usize, __bs::core::option::Option<__bs::core::primitive::usize>) {
                __bs::view::stream::size_hint(self)
            }
        }

        #fused {
            fn is_terminated(&self) -> __bs::core::primitive::bool {
                __bs::view::stream::is_terminated(self)
            }
        }
    }
}
