//! futures' `AsyncRead` and `AsyncBufRead`.

use proc_macro2::TokenStream;
use quote::quote;

use super::{buf_read, view_header};
use crate::model::Faces;

pub(super) fn expand(faces: &Faces<'_>) -> TokenStream {
    let read = view_header(faces, &quote!(__bs::futures_io::AsyncRead));
    let buf_read = buf_read(faces, &quote!(__bs::futures_io::AsyncBufRead));
    let polled = quote!(__bs::core::task::Poll<__bs::std::io::Result<__bs::core::primitive::usize>>);
    quote! {
        #read {
            #[inline]
            fn poll_read(
                self: __bs::core::pin::Pin<&mut Self>,
                __cx: &mut __bs::core::task::Context<'_>,
                __buf: &mut [__bs::core::primitive::u8],
            ) -> #polled {
                __bs::view::futures::poll_read(self, __cx, __buf)
            }

            fn poll_read_vectored(
                self: __bs::core::pin::Pin<&mut Self>,
                __cx: &mut __bs::core::task::Context<'_>,
                __bufs: &mut [__bs::std::io::IoSliceMut<'_>],
            ) -> #polled {
                __bs::view::futures::poll_read_vectored(self, __cx, __bufs)
            }
        }

        #buf_read
    }
}
