//! `http_body::Body`.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::parse_quote;
use syn::spanned::Spanned;

use super::{stream_error, view_header};
use crate::model::Faces;

pub(super) fn expand(faces: &Faces<'_>) -> TokenStream {
    let body = view_header(faces, &quote!(__bs::http_body::Body));
    let error = faces.error.clone().unwrap_or_else(|| parse_quote!(__bs::BoxError));
    let from_io = stream_error(&error, "from_io");
    let typed = quote_spanned!(error.span()=> #from_io(__error));
    quote! {
        #body {
            type Data = __bs::bytes::Bytes;
            type Error = #error;

            #[inline]
            fn poll_frame(
                self: __bs::core::pin::Pin<&mut Self>,
                __cx: &mut __bs::core::task::Context<'_>,
            ) -> __bs::core::task::Poll<
                __bs::core::option::Option<
                    __bs::core::result::Result<__bs::http_body::Frame<Self::Data>, Self::Error>,
                >,
            > {
                __bs::view::body::poll_frame(self, __cx).map_err(|__error| #typed)
            }

            fn is_end_stream(&self) -> __bs::core::primitive::bool {
                __bs::view::body::is_end_stream(self)
            }

            fn size_hint(&self) -> __bs::http_body::SizeHint {
                __bs::view::body::size_hint(self)
            }
        }
    }
}
