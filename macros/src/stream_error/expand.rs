//! The tokens that a model becomes.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Data, DeriveInput, Error, GenericParam, Generics};

use super::attr;
use super::model::{Lone, Model};
use crate::expand::own_predicates;
use crate::lints;
use crate::model::krate;

pub(super) fn expand(model: &Model<'_>) -> TokenStream {
    let ident = model.input.ident.span();
    let sources = model.sources.iter().map(take);
    let other = catch(&model.other);
    let kinds = model.kinds.iter().map(|kind| {
        let (path, kind) = (kind.path(), &kind.kind);
        let kind = match kind.get_ident() {
            Some(kind) => quote!(__bs::std::io::ErrorKind::#kind),
            None => kind.to_token_stream(),
        };
        quote!(__error @ #path { .. } => <Self as __bs::derived::Payload>::carried_as(__error, #kind))
    });
    // What says its kind is carried whole, whatever is in it.
    let taken_apart = model.sources.iter().filter(|source| !source.is_kind && !source.is(&model.other));
    let released = taken_apart.map(|source| {
        let ty = source.ty;
        let kind = quote_spanned!(ty.span()=> <#ty as __bs::derived::Payload>::kind);
        release(source, &quote!(__bs::derived::release_source), &kind)
    });
    let released_other = (!model.other.is_kind).then(|| {
        let ty = model.other.ty;
        let (released, kind) = (
            quote_spanned!(ty.span()=> <#ty as __bs::derived::CatchAll>::release),
            quote_spanned!(ty.span()=> <#ty as __bs::derived::CatchAll>::kind),
        );
        release(&model.other, &released, &kind)
    });
    // A type whose every value is taken apart has no other.
    let rest = match &model.input.data {
        Data::Enum(data) if data.variants.len() > 1 => {
            let carried = quote_spanned!(ident=> <Self as __bs::derived::Payload>::carried);
            Some(quote!(__error => #carried(__error)))
        }
        _ => None,
    };
    let from_io = quote! {
        <Self as __bs::derived::Payload>::take(__error)
            #(#sources)*
            .unwrap_or_else(|__error| #other)
    };
    let into_io = quote! {
        match self {
            #(#kinds,)*
            #(#released)*
            #released_other
            #rest
        }
    };
    let bounds = bounds(&model.input.ident, &model.input.generics, &model.sources);
    impls(model.input, &model.krate, &bounds, &from_io, &into_io)
}

/// What stands in for the impls when the input is wrong, so that one mistake gives one message.
pub(super) fn fallback(input: &DeriveInput, args: &attr::Type, error: &Error) -> TokenStream {
    let messages = error.to_compile_error();
    let krate = krate(args.krate.as_ref());
    let never = quote!(__bs::core::unreachable!());
    let impls = impls(input, &krate, &TokenStream::new(), &quote! { let _ = __error; #never }, &never);
    quote!(#messages #impls)
}

fn impls(
    input: &DeriveInput,
    krate: &TokenStream,
    bounds: &TokenStream,
    from_io: &TokenStream,
    into_io: &TokenStream,
) -> TokenStream {
    let ident = &input.ident;
    let allowances = lints::allowances();
    let (impl_generics, ty_generics, _) = input.generics.split_for_impl();
    let own = own_predicates(&input.generics);
    let where_clause = (!own.is_empty() || !bounds.is_empty()).then(|| quote!(where #own #bounds));
    quote! {
        #allowances
        const _: () = {
            use #krate::__private as __bs;

            #[automatically_derived]
            impl #impl_generics __bs::StreamError for #ident #ty_generics #where_clause {
                fn from_io(__error: __bs::std::io::Error) -> Self {
                    #from_io
                }

                fn into_io(self) -> __bs::std::io::Error {
                    #into_io
                }
            }

            #[automatically_derived]
            impl #impl_generics __bs::core::convert::From<#ident #ty_generics> for __bs::std::io::Error #where_clause {
                fn from(__error: #ident #ty_generics) -> Self {
                    <#ident #ty_generics as __bs::StreamError>::into_io(__error)
                }
            }
        };
    }
}

/// The type itself and, where they name a parameter, its sources must be errors that can be carried.
///
/// As a bound this is said once, at the type's name, and taken for granted in the bodies.
fn bounds(ident: &Ident, generics: &Generics, sources: &[Lone<'_>]) -> TokenStream {
    let (_, ty_generics, _) = generics.split_for_impl();
    let mut bounds = quote_spanned!(ident.span()=> #ident #ty_generics: __bs::derived::Payload,);
    if generics.params.iter().any(|param| matches!(param, GenericParam::Type(_))) {
        for source in sources {
            let ty = source.ty;
            bounds.extend([quote!(#ty: __bs::derived::Payload,)]);
        }
    }
    bounds
}

/// Makes the variant of an error that it converts from, if that is what came.
fn take(source: &Lone<'_>) -> TokenStream {
    let (path, member, ty) = (source.path(), &source.member, source.ty);
    let take = quote_spanned!(ty.span()=> <#ty as __bs::derived::Payload>::take_source);
    quote!(.or_else(|__error| #take(__error).map(|__source| #path { #member: __source })))
}

fn catch(other: &Lone<'_>) -> TokenStream {
    let (path, member, ty) = (other.path(), &other.member, other.ty);
    let catch = quote_spanned!(ty.span()=> <#ty as __bs::derived::CatchAll>::catch);
    quote!(#path { #member: #catch(__error) })
}

/// Gives an error that is a carrier already back as one.
fn release(lone: &Lone<'_>, release: &TokenStream, kind: &TokenStream) -> TokenStream {
    let (path, member) = (lone.path(), &lone.member);
    let released = quote_spanned!(lone.ty.span()=> __bs::derived::released);
    quote! {
        #path { #member: __source } => #released(__source, #release, #kind, |__source| #path { #member: __source }),
    }
}
