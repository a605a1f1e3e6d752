//! compio's `AsyncRead`, `AsyncBufRead` and `AsyncReadManaged`, as of compio-io 0.10.

use proc_macro2::TokenStream;
use quote::quote;

use super::unpin_view_header;
use crate::model::Faces;

pub(super) fn expand(faces: &Faces<'_>) -> TokenStream {
    let read = unpin_view_header(faces, &quote!(__bs::compio_0_10::io::AsyncRead));
    let buf_read = unpin_view_header(faces, &quote!(__bs::compio_0_10::io::AsyncBufRead));
    let managed = unpin_view_header(faces, &quote!(__bs::compio_0_10::io::AsyncReadManaged));
    let future = quote!(__bs::core::future::Future);
    let result = quote!(__bs::std::io::Result);
    let usize = quote!(__bs::core::primitive::usize);
    quote! {
        #read {
            fn read<__B: __bs::compio_0_10::buf::IoBufMut>(
                &mut self,
                __buf: __B,
            ) -> impl #future<Output = __bs::compio_0_10::buf::BufResult<#usize, __B>> {
                __bs::view::compio_0_10::read(self, __buf)
            }
        }

        #buf_read {
            fn fill_buf(&mut self) -> impl #future<Output = #result<&[__bs::core::primitive::u8]>> {
                __bs::view::compio_0_10::fill_buf(self)
            }

            fn consume(&mut self, __n: #usize) {
                __bs::view::compio_0_10::consume(self, __n)
            }
        }

        #managed {
            type Buffer = __bs::bytes::Bytes;

            fn read_managed(
                &mut self,
                __max: #usize,
            ) -> impl #future<Output = #result<__bs::core::option::Option<Self::Buffer>>> {
                __bs::view::compio_0_10::read_managed(self, __max)
            }
        }
    }
}
