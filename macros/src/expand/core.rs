//! `ByteStream` itself: the runtime writes it, over the methods of [`pin`](super::pin).

use proc_macro2::TokenStream;
use quote::quote;

use super::{header, typed};
use crate::model::Model;

pub(super) fn expand(model: &Model<'_>) -> TokenStream {
    let header = header(model.faces.ident, &model.core_generics());
    // Every error that leaves the core carries the type that the faces show.
    let error = typed(&model.faces);
    quote!(__bs::byte_stream! { #header [#error] })
}
