//! How the arguments of `#[byte_stream(..)]` are spelled.

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Attribute, Error, Ident, Path, Result, Token, Type, WherePredicate, parenthesized};

use crate::errors::Errors;

const ATTRIBUTE: &str = "byte_stream";

/// A world that a stream can be viewed as.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum View {
    Stream,
    Tokio,
    Futures,
    Body,
}

impl View {
    pub(crate) const ALL: [View; 4] = [View::Stream, View::Tokio, View::Futures, View::Body];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            View::Stream => "stream",
            View::Tokio => "tokio",
            View::Futures => "futures",
            View::Body => "body",
        }
    }
}

/// A view, and the word that named it.
pub(crate) struct NamedView {
    pub(crate) view: View,
    pub(crate) word: Ident,
}

impl Parse for NamedView {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let word = input.call(Ident::parse_any)?;
        match View::ALL.into_iter().find(|view| word == view.name()) {
            Some(view) => Ok(NamedView { view, word }),
            None => Err(Error::new_spanned(
                &word,
                format_args!("no view is called `{word}`: the views are `stream`, `tokio`, `futures` and `body`"),
            )),
        }
    }
}

/// Which views the user wants.
pub(crate) enum Choice {
    Only(Vec<NamedView>),
    Skip(Vec<NamedView>),
}

/// `project`, or `project = Name`.
pub(crate) struct Project {
    pub(crate) key: Ident,
    pub(crate) name: Option<Ident>,
}

/// The arguments on a type.
#[derive(Default)]
pub(crate) struct TypeArgs {
    pub(crate) krate: Option<Path>,
    pub(crate) error: Option<Type>,
    pub(crate) choice: Option<Choice>,
    pub(crate) project: Option<Project>,
    pub(crate) bound: Option<Vec<WherePredicate>>,
}

/// Who reads the arguments on a type.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Derive {
    ByteStream,
    ByteStreamViews,
}

impl TypeArgs {
    pub(crate) fn parse(attrs: &[Attribute], derive: Derive, errors: &mut Errors) -> Self {
        let mut args = TypeArgs::default();
        each_argument(attrs, errors, |key, input, errors| {
            let word = key.to_string();
            if derive == Derive::ByteStreamViews && matches!(word.as_str(), "project" | "bound") {
                let message = format_args!(
                    "`{word}` belongs to `derive(ByteStream)`: there is nothing here that it could change"
                );
                return Err(Error::new_spanned(&key, message));
            }
            match word.as_str() {
                "crate" => set(
                    &mut args.krate,
                    &key,
                    value(input, "crate = path::to::byte_stream", Path::parse_mod_style)?,
                    errors,
                ),
                "error" => set(&mut args.error, &key, value(input, "error = MyError", Type::parse)?, errors),
                "project" => {
                    let name =
                        if input.peek(Token![=]) { Some(value(input, "project = Name", Ident::parse)?) } else { None };
                    set(&mut args.project, &key, Project { key: key.clone(), name }, errors);
                }
                "bound" => {
                    let bound = list(input, &key, "bound(S: MyTrait)", errors)?;
                    set(&mut args.bound, &key, bound, errors);
                }
                "only" | "skip" => {
                    let views: Vec<NamedView> = list(input, &key, &format!("{word}(stream, tokio)"), errors)?;
                    if views.is_empty() {
                        let message =
                            format_args!("`{word}` names no view: write for instance `{word}(stream, tokio)`");
                        return Err(Error::new_spanned(&key, message));
                    }
                    for (i, twice) in views.iter().enumerate() {
                        if views[..i].iter().any(|before| before.view == twice.view) {
                            errors.at(&twice.word, format_args!("`{}` stands here twice", twice.word));
                        }
                    }
                    let choice = if word == "only" { Choice::Only(views) } else { Choice::Skip(views) };
                    match (&args.choice, &choice) {
                        (Some(Choice::Only(_)), Choice::Skip(_)) | (Some(Choice::Skip(_)), Choice::Only(_)) => {
                            errors.at(&key, "`only` and `skip` exclude each other: keep one of them");
                        }
                        _ => set(&mut args.choice, &key, choice, errors),
                    }
                }
                _ => return Err(unknown(&key, Place::Type)),
            }
            Ok(())
        });
        args
    }
}

/// The arguments on a variant.
#[derive(Default)]
pub(crate) struct VariantArgs {
    /// The word `empty`.
    pub(crate) empty: Option<Ident>,
}

impl VariantArgs {
    pub(crate) fn parse(attrs: &[Attribute], errors: &mut Errors) -> Self {
        let mut args = VariantArgs::default();
        each_argument(attrs, errors, |key, _, errors| {
            if key != "empty" {
                return Err(unknown(&key, Place::Variant));
            }
            set(&mut args.empty, &key, key.clone(), errors);
            Ok(())
        });
        args
    }
}

/// The arguments on a field.
#[derive(Default)]
pub(crate) struct FieldArgs {
    /// The word `source`.
    pub(crate) source: Option<Ident>,
}

impl FieldArgs {
    pub(crate) fn parse(attrs: &[Attribute], errors: &mut Errors) -> Self {
        let mut args = FieldArgs::default();
        each_argument(attrs, errors, |key, _, errors| {
            if key != "source" {
                return Err(unknown(&key, Place::Field));
            }
            set(&mut args.source, &key, key.clone(), errors);
            Ok(())
        });
        args
    }
}

/// Hands each `key ..` of each `#[byte_stream(key .., key ..)]` to `argument`. After a mistake it goes on with the next.
fn each_argument(
    attrs: &[Attribute],
    errors: &mut Errors,
    mut argument: impl FnMut(Ident, ParseStream<'_>, &mut Errors) -> Result<()>,
) {
    for attr in attrs.iter().filter(|attr| attr.path().is_ident(ATTRIBUTE)) {
        let parsed = attr.parse_args_with(|input: ParseStream<'_>| {
            if input.is_empty() {
                return Err(Error::new_spanned(
                    attr,
                    "no argument: write for instance `#[byte_stream(source)]` on a field",
                ));
            }
            while !input.is_empty() {
                if let Err(error) = input.call(Ident::parse_any).and_then(|key| {
                    argument(key, input, errors)?;
                    if !input.is_empty() && !input.peek(Token![,]) {
                        return Err(input.error("expected `,` before the next argument"));
                    }
                    Ok(())
                }) {
                    errors.push(error);
                    skip_to_comma(input)?;
                }
                if !input.is_empty() {
                    input.parse::<Token![,]>()?;
                }
            }
            Ok(())
        });
        if let Err(error) = parsed {
            errors.push(error);
        }
    }
}

fn skip_to_comma(input: ParseStream<'_>) -> Result<()> {
    while !input.is_empty() && !input.peek(Token![,]) {
        input.parse::<TokenTree>()?;
    }
    Ok(())
}

/// Keeps what was said first.
fn set<T>(slot: &mut Option<T>, key: &Ident, value: T, errors: &mut Errors) {
    match slot {
        None => *slot = Some(value),
        Some(_) => errors.at(key, format_args!("`{key}` stands here twice: keep one of them")),
    }
}

/// What follows `key`: `= value`.
fn value<T>(input: ParseStream<'_>, example: &str, parse: fn(ParseStream<'_>) -> Result<T>) -> Result<T> {
    if !input.peek(Token![=]) {
        return Err(input.error(format_args!("expected `=`: write `{example}`")));
    }
    input.parse::<Token![=]>()?;
    input.call(parse).map_err(|error| Error::new(error.span(), format_args!("{error}: write `{example}`")))
}

/// What follows `key`: `(item, item)`. An item that is wrong is reported, and left out.
fn list<T: Parse>(input: ParseStream<'_>, key: &Ident, example: &str, errors: &mut Errors) -> Result<Vec<T>> {
    if !input.peek(syn::token::Paren) {
        return Err(Error::new_spanned(key, format_args!("expected a list: write `{example}`")));
    }
    let items;
    parenthesized!(items in input);
    let parsed = Punctuated::<T, Token![,]>::parse_terminated(&items);
    match parsed {
        Ok(parsed) => Ok(parsed.into_iter().collect()),
        Err(error) => {
            let _ = errors;
            // What is left of a list that went wrong would be reported a second time.
            items.parse::<TokenStream>()?;
            Err(error)
        }
    }
}

/// Where an argument can stand.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Type,
    Variant,
    Field,
}

/// Every argument, and where it belongs.
const ARGUMENTS: [(&str, Place); 8] = [
    ("source", Place::Field),
    ("empty", Place::Variant),
    ("error", Place::Type),
    ("only", Place::Type),
    ("skip", Place::Type),
    ("project", Place::Type),
    ("bound", Place::Type),
    ("crate", Place::Type),
];

fn unknown(key: &Ident, place: Place) -> Error {
    let belongs = ARGUMENTS.iter().find(|(word, _)| key == word).map(|(_, place)| *place);
    let message = match belongs {
        Some(Place::Field) => format!("`{key}` marks a field: put it on the field that holds the bytes"),
        Some(Place::Variant) => {
            format!("`{key}` marks a variant of an enum: put it on the variant that streams nothing")
        }
        Some(Place::Type) => format!("`{key}` belongs on the type itself"),
        None => {
            let known: Vec<_> =
                ARGUMENTS.iter().filter(|(_, at)| *at == place).map(|(word, _)| format!("`{word}`")).collect();
            format!("no argument is called `{key}`: here it could be {}", known.join(", "))
        }
    };
    Error::new_spanned(key, message)
}

/// The word `packed`, if the type is laid out so.
pub(crate) fn packed(attrs: &[Attribute]) -> Option<Span> {
    let mut packed = None;
    for attr in attrs.iter().filter(|attr| attr.path().is_ident("repr")) {
        // What `repr` makes of its arguments is the compiler's business.
        let _ = attr.parse_nested_meta(|meta| {
            if meta.path.is_ident("packed") {
                packed = Some(meta.path.get_ident().map_or_else(Span::call_site, Ident::span));
            }
            if meta.input.peek(syn::token::Paren) {
                let arguments;
                parenthesized!(arguments in meta.input);
                arguments.parse::<TokenStream>()?;
            }
            Ok(())
        });
    }
    packed
}

impl ToTokens for Project {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        self.key.to_tokens(tokens);
    }
}
