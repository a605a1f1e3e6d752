//! The projection, for the user's own pinned impls beside the derive.

use proc_macro2::{Group, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{Ident, Lifetime, Member};

use super::{generic_arguments, invented, parameters};
use crate::lints;
use crate::model::{Arm, Model, Part, Projection, Style};

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
    let (ident, generics) = (model.faces.ident, model.faces.generics);
    let (_, ty_generics, _) = generics.split_for_impl();
    let itself = quote!(#ident #ty_generics);
    let (pin, params) = (invented::lifetime("__pin", generics), parameters(generics));
    let declared = without_self(quote!(<#pin, #params>), &itself);
    let where_clause = without_self(generics.where_clause.to_token_stream(), &itself);
    let attribute = lints::of_projection();
    let mut variants = TokenStream::new();
    for arm in &model.arms {
        let fields = fields(arm, &model.faces.krate, &pin, &itself);
        let Some(variant) = arm.variant else {
            return match arm.style {
                Style::Named => quote!(#attribute struct #name #declared #where_clause { #fields }),
                Style::Tuple => quote!(#attribute struct #name #declared (#fields) #where_clause;),
                Style::Unit => quote!(#attribute struct #name;),
            };
        };
        variants.extend([match arm.style {
            Style::Named => quote!(#variant { #fields },),
            Style::Tuple => quote!(#variant(#fields),),
            Style::Unit => quote!(#variant,),
        }]);
    }
    quote!(#attribute enum #name #declared #where_clause { #variants })
}

fn fields(arm: &Arm<'_>, krate: &TokenStream, pin: &Lifetime, itself: &TokenStream) -> TokenStream {
    let mut fields = TokenStream::new();
    for field in &arm.fields {
        if let Member::Named(name) = &field.member {
            fields.extend([quote!(#name:)]);
        }
        let ty = without_self(field.ty.to_token_stream(), itself);
        fields.extend([match field.source {
            Some(_) => quote!(#krate::__private::Pin<&#pin mut #ty>,),
            None => quote!(&#pin mut #ty,),
        }]);
    }
    fields
}

/// `Self` in a field's type or in a bound is the user's type, also where the projection is declared.
fn without_self(tokens: TokenStream, itself: &TokenStream) -> TokenStream {
    let mut without = TokenStream::new();
    for token in tokens {
        match token {
            TokenTree::Ident(word) if word == "Self" => itself.to_tokens(&mut without),
            TokenTree::Group(group) => {
                let mut inside = Group::new(group.delimiter(), without_self(group.stream(), itself));
                inside.set_span(group.span());
                inside.to_tokens(&mut without);
            }
            other => other.to_tokens(&mut without),
        }
    }
    without
}

fn method(model: &Model<'_>, name: &Ident) -> TokenStream {
    let (ident, generics) = (model.faces.ident, model.faces.generics);
    let (impl_generics, ty_generics, where_clause) = generics.split_for_impl();
    let (pin, arguments) = (invented::lifetime("__pin", generics), generic_arguments(generics));
    let arms = model.arms.iter().map(|arm| projected_arm(arm, name));
    quote! {
        impl #impl_generics #ident #ty_generics #where_clause {
            /// The sources, pinned, and the other fields.
            #[inline]
            fn project<#pin>(self: __bs::Pin<&#pin mut Self>) -> #name<#pin, #arguments> {
                // SAFETY: as in `__byte_stream_pinned`. The other fields are never pinned.
                unsafe {
                    match __bs::Pin::get_unchecked_mut(self) {
                        #(#arms,)*
                    }
                }
            }
        }
    }
}

/// Pins the sources that an arm has bound.
///
/// Each is pinned before it is said what it shall be: a `&mut` in a place where another type is expected would be dereferenced by a `DerefMut`
/// of the user's, which may move what is pinned. A field has another type than the one that is written if that means something else
/// among our names, or if an attribute below the derive has replaced it.
fn projected_arm(arm: &Arm<'_>, name: &Ident) -> TokenStream {
    let (from, to) = (arm.path(), arm.path_in(name));
    let (mut fields, mut pins) = (TokenStream::new(), TokenStream::new());
    for Part { member, binding, source, .. } in &arm.fields {
        fields.extend([quote!(#member: #binding,)]);
        if source.is_some() {
            pins.extend([quote!(let #binding = __bs::Pin::new_unchecked(#binding);)]);
        }
    }
    quote!(#from { #fields } => { #pins #to { #fields } })
}
