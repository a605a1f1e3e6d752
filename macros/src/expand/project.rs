//! The projection, for the user's own pinned impls beside the derive.

use proc_macro2::{Group, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{Generics, Ident, Lifetime, Member, parse_quote};

use super::invented;
use crate::lints;
use crate::model::{Arm, Model, Projection, Style};

/// The type of the projection if nobody names it, and the method.
pub(super) fn expand(model: &Model<'_>) -> (TokenStream, TokenStream) {
    let Some(projection) = &model.projection else {
        return (TokenStream::new(), TokenStream::new());
    };
    let (ident, definition) = match projection {
        Projection::Named(name) => (name.clone(), TokenStream::new()),
        Projection::Unnamed => {
            let ident = invented::ident("__Projection", model.faces.generics);
            let definition = definition(model, &ident);
            (ident, definition)
        }
    };
    (definition, method(model, &ident))
}

/// The type of the projection, if the user names it.
pub(super) fn named(model: &Model<'_>) -> TokenStream {
    match &model.projection {
        Some(Projection::Named(name)) => definition(model, name),
        _ => TokenStream::new(),
    }
}

/// A type like the user's, whose sources are pinned and whose other fields are `&mut`.
fn definition(model: &Model<'_>, name: &Ident) -> TokenStream {
    let krate = &model.faces.krate;
    let wrapper = quote!(#krate::__private::Pin);
    let (ident, (_, ty_generics, _)) = (model.faces.ident, model.faces.generics.split_for_impl());
    let itself = quote!(#ident #ty_generics);
    let (generics, pin) = with_pin_lifetime(model.faces.generics);
    let (declared, _, where_clause) = generics.split_for_impl();
    let [declared, where_clause] =
        [declared.to_token_stream(), where_clause.to_token_stream()].map(|tokens| without_self(tokens, &itself));
    let bodies = model.arms.iter().map(|arm| {
        let fields = arm.fields.iter().map(|field| {
            let ty = without_self(field.ty.to_token_stream(), &itself);
            let ty = if field.source.is_some() { quote!(#wrapper<&#pin mut #ty>) } else { quote!(&#pin mut #ty) };
            match &field.member {
                Member::Named(name) => quote!(#name: #ty),
                Member::Unnamed(_) => ty,
            }
        });
        (arm, quote!(#(#fields),*))
    });
    let attribute = lints::of_projection();
    if model.arms.iter().any(|arm| arm.variant.is_some()) {
        let variants = bodies.map(|(arm, fields)| {
            let variant = arm.variant;
            match arm.style {
                Style::Named => quote!(#variant { #fields }),
                Style::Tuple => quote!(#variant(#fields)),
                Style::Unit => quote!(#variant),
            }
        });
        return quote!(#attribute enum #name #declared #where_clause { #(#variants,)* });
    }
    bodies
        .map(|(arm, fields)| match arm.style {
            Style::Named => quote!(#attribute struct #name #declared #where_clause { #fields }),
            Style::Tuple => quote!(#attribute struct #name #declared (#fields) #where_clause;),
            Style::Unit => quote!(#attribute struct #name;),
        })
        .collect()
}

/// `Self` in a field's type or in a bound is the user's type, also where the projection is declared.
fn without_self(tokens: TokenStream, itself: &TokenStream) -> TokenStream {
    tokens
        .into_iter()
        .map(|token| match token {
            TokenTree::Ident(word) if word == "Self" => quote!(#itself),
            TokenTree::Group(group) => {
                let inside = without_self(group.stream(), itself);
                let mut inside = Group::new(group.delimiter(), inside);
                inside.set_span(group.span());
                TokenTree::Group(inside).into()
            }
            other => other.into(),
        })
        .collect()
}

fn method(model: &Model<'_>, name: &Ident) -> TokenStream {
    let ident = model.faces.ident;
    let pin = quote!(__bs::Pin);
    let (impl_generics, ty_generics, where_clause) = model.faces.generics.split_for_impl();
    let (generics, lifetime) = with_pin_lifetime(model.faces.generics);
    let (_, projected, _) = generics.split_for_impl();
    let arms = model.arms.iter().map(|arm| projected_arm(arm, name, &pin));
    quote! {
        impl #impl_generics #ident #ty_generics #where_clause {
            /// The sources, pinned, and the other fields.
            #[inline]
            fn project<#lifetime>(self: #pin<&#lifetime mut Self>) -> #name #projected {
                // SAFETY: as in `__byte_stream_pinned`. The other fields are never pinned.
                unsafe {
                    match #pin::get_unchecked_mut(self) {
                        #(#arms,)*
                    }
                }
            }
        }
    }
}

fn projected_arm(arm: &Arm<'_>, name: &Ident, pin: &TokenStream) -> TokenStream {
    let (from, to) = (arm.path(), arm.path_in(name));
    let bound = arm.fields.iter().map(|field| {
        let (member, binding) = (&field.member, &field.binding);
        quote!(#member: #binding)
    });
    let made = bound.clone();
    let pins = pins(arm, pin);
    quote!(#from { #(#bound),* } => { #pins #to { #(#made),* } })
}

/// Pins the sources that an arm has bound.
///
/// Each is pinned before it is said what it shall be: a `&mut` in a place where another type is expected would be dereferenced by a `DerefMut`
/// of the user's, which may move what is pinned. A field has another type than the one that is written if that means something else
/// among our names, or if an attribute below the derive has replaced it.
fn pins(arm: &Arm<'_>, pin: &TokenStream) -> TokenStream {
    let bindings = arm.sources().map(|source| &source.binding);
    quote!(#(let #bindings = #pin::new_unchecked(#bindings);)*)
}

/// The parameters of the type and, before them, the lifetime for which it is pinned.
fn with_pin_lifetime(generics: &Generics) -> (Generics, Lifetime) {
    let pin = invented::lifetime("__pin", generics);
    let mut generics = generics.clone();
    generics.params.insert(0, parse_quote!(#pin));
    (generics, pin)
}
