//! `ByteStream` itself, and what makes its pinning sound: the runtime writes it, over the sources of each arm.

use proc_macro2::TokenStream;
use quote::quote;

use super::{form, invented, own_predicates, parameters, typed};
use crate::model::Model;

pub(super) fn expand(model: &Model<'_>) -> TokenStream {
    let (ident, generics) = (model.faces.ident, model.faces.generics);
    let (_, ty_generics, _) = generics.split_for_impl();
    let (params, own) = (parameters(generics), own_predicates(generics));
    let (bounds, error_bound) = (&model.bounds, model.faces.error_bound.iter());
    let pin = invented::lifetime("__pin", generics);
    // Every error that leaves the core carries the type that the faces show.
    let error = typed(&model.faces);
    let arms = form::arms(&model.arms);
    // The `unsafe` comes from here, so that a crate that forbids it does not forbid this one.
    quote! {
        __bs::byte_stream! {
            (#params) (#ident #ty_generics) (#own) (#(#bounds,)* #(#error_bound,)*) [#error] #pin (unsafe)
            #arms
        }
    }
}
