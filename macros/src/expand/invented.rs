//! Names that no parameter of the type has.

use proc_macro2::{Ident, Span};
use syn::{GenericParam, Generics, Lifetime};

pub(super) fn ident(name: &str, generics: &Generics) -> Ident {
    Ident::new(&unlike_any(name, generics), Span::call_site())
}

/// `name` without its apostrophe.
pub(super) fn lifetime(name: &str, generics: &Generics) -> Lifetime {
    Lifetime::new(&format!("'{}", unlike_any(name, generics)), Span::call_site())
}

fn unlike_any(name: &str, generics: &Generics) -> String {
    let mut name = name.to_owned();
    while generics.params.iter().any(|param| called(param) == &name) {
        name.push('_');
    }
    name
}

fn called(param: &GenericParam) -> &Ident {
    match param {
        GenericParam::Lifetime(param) => &param.lifetime.ident,
        GenericParam::Type(param) => &param.ident,
        GenericParam::Const(param) => &param.ident,
    }
}
