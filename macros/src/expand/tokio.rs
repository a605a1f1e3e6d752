//! tokio's `AsyncRead` and `AsyncBufRead`.

use proc_macro2::TokenStream;
use quote::quote;

use super::{buf_read, view_header};
use crate::model::Faces;

pub(super) fn expand(faces: &Faces<'_>) -> TokenStream {
    let read = view_header(faces, &quote!(__bs::tokio::io::AsyncRead));
    let buf_read = buf_read(faces, &quote!(__bs::tokio::io::AsyncBufRead));
    quote! {
        #read {
            #[inline]
            fn poll_read(
                self: __bs::core::pin::Pin<&mut Self>,
                __cx: &mut __bs::core::task::Context<'_>,
                __buf: &mut __bs::tokio::io::ReadBuf<'_>,
            ) -> __bs::core::task::Poll<__bs::std::io::Result<()>> {
                __bs::view::tokio::poll_read(self, __cx, __buf)
            }
        }

        #buf_read
    }
}
