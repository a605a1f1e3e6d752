//! The views. What they are is the runtime's business: it is told which of them, and of what type.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};

use super::{invented, own_predicates, parameters, typed};
use crate::attr::View;
use crate::model::{Face, Faces};

pub(super) fn expand(faces: &Faces<'_>) -> TokenStream {
    let mut wanted = TokenStream::new();
    let (mut views, mut owned) = (Vec::new(), Vec::new());
    for face in &faces.views {
        let (Face::IfOn(view) | Face::Asked(view, _)) = *face;
        let into = if View::ASKED.contains(&view) { &mut owned } else { &mut views };
        into.push(Ident::new(view.name(), Span::call_site()));
        if let Face::Asked(_, word) = *face {
            let name = Ident::new(view.name(), word);
            wanted.extend([quote_spanned!(word=> __bs::asked::#name! {})]);
        }
    }
    let at = faces.ident.span();
    let views = (!views.is_empty()).then(|| {
        let (header, error) = (header(faces, &quote_spanned!(at=> __bs::ByteStream)), typed(faces));
        quote!(__bs::views! { { #header [#error] } #(#views)* })
    });
    let owned = (!owned.is_empty()).then(|| {
        // Their methods take a `&mut self`, and a buffer of any type.
        let header = header(faces, &quote_spanned!(at=> __bs::ByteStream + __bs::Unpin));
        let buf = invented::ident("__B", faces.generics);
        quote!(__bs::views! { { #header #buf } #(#owned)* })
    });
    let asserted = asserted(faces);
    quote!(#wanted #views #owned #asserted)
}

/// Says that a type which may have no core has one, where the bounds of its views do not: one that names a lifetime is not looked at before
/// somebody uses the view.
fn asserted(faces: &Faces<'_>) -> Option<TokenStream> {
    if !faces.is_by_hand || faces.is_generic() || faces.generics.params.is_empty() {
        return None;
    }
    let (impl_generics, ty_generics, where_clause) = faces.generics.split_for_impl();
    let ident = faces.ident;
    let of = quote_spanned!(ident.span()=> __bs::source::<#ident #ty_generics>());
    Some(quote! {
        fn _has_core #impl_generics () #where_clause {
            let _ = #of;
        }
    })
}

/// What the impl of a view needs: `impl<..>`, and the type with its `where` clause. All that is asked there is the core.
///
/// Where that may be missing, every view asks for it at the type's name and in the same words, which the compiler repeats to nobody. The
/// bodies take it for granted.
fn header(faces: &Faces<'_>, core: &TokenStream) -> TokenStream {
    let ident = faces.ident;
    let (_, ty_generics, _) = faces.generics.split_for_impl();
    let (params, own) = (parameters(faces.generics), own_predicates(faces.generics));
    let core = (faces.is_generic() || faces.is_by_hand).then(|| quote_spanned!(ident.span()=> Self: #core,));
    let error = &faces.error_bound;
    quote!((impl<#params>) (#ident #ty_generics where #own #core #error))
}
