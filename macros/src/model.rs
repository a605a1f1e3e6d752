//! What the user's type means: a sum of products of sources.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote};
use syn::spanned::Spanned;
use syn::{Data, DataUnion, DeriveInput, Error, Fields, GenericParam, Generics, Index, Member, Path, Type};

use crate::attr::{self, Choice, Derive, Mark, NamedView, Project, TypeArgs, View};
use crate::errors::{Broken, Errors};

/// A type and the views that it gets.
pub(crate) struct Faces<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) generics: &'a Generics,
    pub(crate) krate: TokenStream,
    pub(crate) error: Option<Type>,
    /// What must be true of an error type that names a parameter.
    pub(crate) error_bound: Option<TokenStream>,
    pub(crate) views: Vec<Face>,
    /// The core is written by hand, so it may be missing.
    pub(crate) is_by_hand: bool,
}

/// A view to be written.
pub(crate) enum Face {
    /// If its feature is on.
    IfOn(View),
    /// Because this word asked for it.
    Asked(View, Span),
}

impl Face {
    fn asked(named: &NamedView) -> Self {
        Face::Asked(named.view, named.word.span())
    }
}

/// A type whose core is derived.
pub(crate) struct Model<'a> {
    pub(crate) faces: Faces<'a>,
    pub(crate) arms: Vec<Arm<'a>>,
    pub(crate) bounds: Vec<TokenStream>,
    pub(crate) projection: Option<Projection>,
}

/// A struct, or a variant: the product.
pub(crate) struct Arm<'a> {
    pub(crate) variant: Option<&'a Ident>,
    pub(crate) style: Style,
    pub(crate) fields: Vec<Part<'a>>,
}

/// How the fields are written down.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    Named,
    Tuple,
    Unit,
}

/// A field.
pub(crate) struct Part<'a> {
    pub(crate) member: Member,
    /// The variable that it is bound to.
    pub(crate) binding: Ident,
    pub(crate) ty: &'a Type,
    /// If it is a source: how that is known.
    pub(crate) source: Option<Known>,
}

/// How it is known of a source that it is one.
pub(crate) enum Known {
    /// By a bound.
    Bound,
    /// By a function of this name, which asserts it.
    Asserted(Ident),
}

/// The user asked for the projection.
pub(crate) enum Projection {
    /// Of a type that can be named.
    Named(Ident),
    Unnamed,
}

impl<'a> Arm<'a> {
    pub(crate) fn sources(&self) -> impl DoubleEndedIterator<Item = &Part<'a>> {
        self.fields.iter().filter(|field| field.source.is_some())
    }

    /// `Self`, or `Self::Variant`.
    pub(crate) fn path(&self) -> TokenStream {
        self.path_in(&format_ident!("Self"))
    }

    /// The same arm of a type of this name.
    pub(crate) fn path_in(&self, ident: &Ident) -> TokenStream {
        match self.variant {
            Some(variant) => quote!(#ident::#variant),
            None => ident.to_token_stream(),
        }
    }
}

impl<'a> Faces<'a> {
    fn new(input: &'a DeriveInput, args: &mut TypeArgs, is_by_hand: bool) -> Self {
        let mut views = Vec::new();
        match &args.choice {
            Some(Choice::Only(only)) => views.extend(only.iter().map(Face::asked)),
            choice => {
                for view in View::ALL {
                    let skip =
                        matches!(choice, Some(Choice::Skip(skip)) if skip.iter().any(|named| named.view == view));
                    if !skip {
                        views.push(Face::IfOn(view));
                    }
                }
            }
        }
        views.extend(args.asked.iter().map(Face::asked));
        Faces {
            ident: &input.ident,
            generics: &input.generics,
            krate: krate(args.krate.as_ref()),
            error_bound: args.error.as_ref().filter(|error| names_parameter(error, &input.generics)).map(stream_error),
            error: args.error.take(),
            views,
            is_by_hand,
        }
    }

    /// For `derive(ByteStreamViews)`.
    pub(crate) fn of(input: &'a DeriveInput) -> Result<Self, Box<Broken<Self>>> {
        let mut errors = Errors::default();
        let mut args = TypeArgs::parse(&input.attrs, Derive::ByteStreamViews, &mut errors);
        attr::none_below(&input.data, &mut errors);
        errors.finish(Faces::new(input, &mut args, true))
    }

    pub(crate) fn is_generic(&self) -> bool {
        self.generics.params.iter().any(|param| !matches!(param, GenericParam::Lifetime(_)))
    }
}

/// Where the runtime is, if `crate = ..` does not say it.
pub(crate) fn krate(path: Option<&Path>) -> TokenStream {
    path.map_or_else(|| quote!(::byte_stream), ToTokens::to_token_stream)
}

impl<'a> Model<'a> {
    /// For `derive(ByteStream)`.
    pub(crate) fn of(input: &'a DeriveInput) -> Result<Self, Box<Broken<Self>>> {
        let mut errors = Errors::default();
        let mut args = TypeArgs::parse(&input.attrs, Derive::ByteStream, &mut errors);
        if let Some(packed) = attr::packed(&input.attrs) {
            // A field of a packed type may not be aligned, so no reference to it can be pinned.
            errors.push(Error::new(packed, "a packed type cannot pin its sources: remove `packed`"));
        }
        let mut sources = Sources { input, are_inferred: args.bound.is_none(), asserted: 0 };
        let arms = match &input.data {
            Data::Struct(data) => vec![product(&mut sources, None, &data.fields, &Mark::default(), &mut errors)],
            Data::Enum(data) => data
                .variants
                .iter()
                .map(|variant| {
                    let mark = Mark::empty(&variant.attrs, &mut errors);
                    product(&mut sources, Some(&variant.ident), &variant.fields, &mark, &mut errors)
                })
                .collect(),
            Data::Union(DataUnion { union_token, .. }) => {
                errors.at(union_token, "a union does not know what it holds: make it a struct or an enum");
                Vec::new()
            }
        };
        let projection = projection(args.project.take(), &input.data, &arms, &mut errors);
        let bounds = match &args.bound {
            Some(bound) => bound.iter().map(ToTokens::to_token_stream).collect(),
            None => inferred_bounds(&arms),
        };
        errors.finish(Model { faces: Faces::new(input, &mut args, false), arms, bounds, projection })
    }
}

/// A struct or a variant.
fn product<'a>(
    sources: &mut Sources<'_>,
    variant: Option<&'a Ident>,
    fields: &'a Fields,
    empty: &Mark,
    errors: &mut Errors,
) -> Arm<'a> {
    let mut marks = Vec::with_capacity(fields.len());
    for field in fields {
        marks.push(Mark::source(&field.attrs, errors));
    }
    // A mark that went wrong was one all the same.
    let is_marked = |mark: &Mark| mark.word.is_some() || mark.is_mistaken;
    let marked = marks.iter().any(is_marked);
    if let Some(empty) = &empty.word {
        if let Some(mark) = marks.iter().find_map(|mark| mark.word.as_ref()) {
            errors.at(mark, format_args!("the variant is `{empty}` and streams nothing: remove one of the two"));
        }
    } else if !marked && fields.len() > 1 && !empty.is_mistaken {
        let or = if variant.is_some() { ", or the variant with `#[byte_stream(empty)]`" } else { "" };
        let ident = variant.unwrap_or(&sources.input.ident);
        errors.at(ident, format_args!("which fields hold the bytes? mark them with `#[byte_stream(source)]`{or}"));
    }
    let style = match fields {
        Fields::Named(_) => Style::Named,
        Fields::Unnamed(_) => Style::Tuple,
        Fields::Unit => Style::Unit,
    };
    let mut parts = Vec::with_capacity(fields.len());
    for (i, (field, mark)) in fields.iter().zip(&marks).enumerate() {
        let member = match &field.ident {
            Some(name) => Member::Named(name.clone()),
            None => Member::Unnamed(Index::from(i)),
        };
        // The variable stands where its type stands, for the sake of messages about it.
        let binding = format_ident!("__f{i}", span = field.ty.span());
        let is_source = empty.word.is_none() && (is_marked(mark) || !marked);
        parts.push(Part { member, binding, ty: &field.ty, source: is_source.then(|| sources.known(&field.ty)) });
    }
    Arm { variant, style, fields: parts }
}

/// What is known of the sources of a type.
struct Sources<'a> {
    input: &'a DeriveInput,
    /// Whether there is a bound for every source that names a parameter.
    are_inferred: bool,
    asserted: usize,
}

impl Sources<'_> {
    /// Of a type that names no parameter the compiler knows by itself whether it is a source, and a bound that is false would be an
    /// error of its own. A type that names the type itself would make the bound depend on itself.
    fn known(&mut self, ty: &Type) -> Known {
        if self.are_inferred && names_parameter(ty, &self.input.generics) && !names_itself(ty, &self.input.ident) {
            return Known::Bound;
        }
        let name = format_ident!("__byte_stream_source_{}", self.asserted);
        self.asserted += 1;
        Known::Asserted(name)
    }
}

fn projection(project: Option<Project>, data: &Data, arms: &[Arm<'_>], errors: &mut Errors) -> Option<Projection> {
    let project = project?;
    if let Data::Union(_) = data {
        return None;
    }
    if arms.iter().all(|arm| arm.fields.is_empty()) {
        errors.at(project.key, "the type has no fields, so there is nothing to project: remove `project`");
        return None;
    }
    match (project.name, data) {
        (Some(name), _) => Some(Projection::Named(name)),
        (None, Data::Enum(_)) => {
            errors
                .at(project.key, "the projection of an enum is matched on, so it needs a name: write `project = Name`");
            None
        }
        (None, _) => Some(Projection::Unnamed),
    }
}

/// `T: ByteStream` for the type of each source that is known by a bound, once.
fn inferred_bounds(arms: &[Arm<'_>]) -> Vec<TokenStream> {
    let mut seen = Vec::new();
    let mut bounds = Vec::new();
    for arm in arms {
        for source in &arm.fields {
            let (Some(Known::Bound), ty) = (&source.source, source.ty) else { continue };
            let spelled = ty.to_token_stream().to_string();
            if !seen.contains(&spelled) {
                seen.push(spelled);
                bounds.push(quote!(#ty: __bs::ByteStream));
            }
        }
    }
    bounds
}

fn stream_error(error: &Type) -> TokenStream {
    quote!(#error: __bs::StreamError)
}

/// Whether a parameter for a type or a constant is named.
fn names_parameter(ty: &Type, generics: &Generics) -> bool {
    names(ty.to_token_stream(), &|ident, _| {
        generics.params.iter().any(|param| match param {
            GenericParam::Type(param) => param.ident == *ident,
            GenericParam::Const(param) => param.ident == *ident,
            GenericParam::Lifetime(_) => false,
        })
    })
}

/// Whether the type's own name is named, and not that of another which is called the same in its module.
fn names_itself(ty: &Type, itself: &Ident) -> bool {
    names(ty.to_token_stream(), &|ident, qualified| ident == "Self" || !qualified && ident == itself)
}

/// Whether an identifier among the tokens is one of those, told whether a colon stands before it.
fn names(tokens: TokenStream, is: &dyn Fn(&Ident, bool) -> bool) -> bool {
    let mut qualified = false;
    tokens.into_iter().any(|token| {
        let colon = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == ':');
        let qualified = std::mem::replace(&mut qualified, colon);
        match token {
            TokenTree::Ident(ident) => is(&ident, qualified),
            TokenTree::Group(group) => names(group.stream(), is),
            _ => false,
        }
    })
}
