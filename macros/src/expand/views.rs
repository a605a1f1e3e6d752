//! The views. What they are is the runtime's business: it is told which of them, and of what type.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};

use super::{header, invented, typed};
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
            wanted.extend(quote_spanned!(word=> __bs::asked::#name! {}));
        }
    }
    let views = (!views.is_empty()).then(|| {
        let (header, error) = (of_core(faces, &quote!(__bs::ByteStream)), typed(faces));
        quote!(__bs::views! { { #header [#error] } #(#views)* })
    });
    let owned = (!owned.is_empty()).then(|| {
        // Their methods take a `&mut self`, and a buffer of any type.
        let header = of_core(faces, &quote!(__bs::ByteStream + __bs::Unpin));
        let buf = invented::ident("__B", faces.generics);
        quote!(__bs::views! { { #header #buf } #(#owned)* })
    });
    quote!(#wanted #views #owned)
}

/// The header of a view: all that it needs is the core.
fn of_core(faces: &Faces<'_>, core: &TokenStream) -> TokenStream {
    let mut generics = faces.generics.clone();
    if faces.is_generic() {
        generics.make_where_clause().predicates.push(syn::parse_quote!(Self: #core));
    }
    if let Some(bound) = &faces.error_bound {
        generics.make_where_clause().predicates.push(bound.clone());
    }
    header(faces.ident, &generics)
}
