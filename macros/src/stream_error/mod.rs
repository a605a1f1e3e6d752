//! `#[derive(StreamError)]`: how an error type is made from the carrier, and becomes it.

mod attr;
mod expand;
mod model;

use proc_macro2::TokenStream;
use syn::DeriveInput;

use attr::Type;
use model::Model;

pub(crate) fn stream_error(input: &DeriveInput) -> TokenStream {
    match Model::of(input) {
        Ok(model) => expand::expand(&model),
        Err(error) => expand::fallback(input, &Type::salvage(&input.attrs), &error),
    }
}
