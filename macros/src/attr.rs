//! How the arguments of `#[byte_stream(..)]` are spelled.

use proc_macro2::{Span, TokenStream};
use syn::ext::IdentExt;
use syn::parse::{Parse as _, ParseStream};
use syn::{Attribute, Data, Error, Fields, Ident, Path, Result, Token, Type, WherePredicate, parenthesized};

use crate::arguments;
use crate::errors::Errors;
use crate::nearest::nearest;

const ATTRIBUTE: &str = "byte_stream";

/// A world that a stream can be viewed as.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum View {
    Stream,
    Tokio,
    Futures,
    Body,
    /// Not one of [`ALL`](Self::ALL): an argument of its own asks for it.
    Compio010,
    /// Not one of [`ALL`](Self::ALL): an argument of its own asks for it.
    Monoio02,
}

impl View {
    /// Those that have an argument of their own: the traits of a runtime, which break with its versions.
    pub(crate) const ASKED: [View; 2] = [View::Compio010, View::Monoio02];

    pub(crate) const ALL: [View; 4] = [View::Stream, View::Tokio, View::Futures, View::Body];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            View::Stream => "stream",
            View::Tokio => "tokio",
            View::Futures => "futures",
            View::Body => "body",
            View::Compio010 => "compio_0_10",
            View::Monoio02 => "monoio_0_2",
        }
    }

    /// The one among these that is called so.
    fn called(word: &Ident, among: &[View]) -> Option<View> {
        among.iter().copied().find(|view| word == view.name())
    }
}

/// A view, and the word that named it.
pub(crate) struct NamedView {
    pub(crate) view: View,
    pub(crate) word: Ident,
}

impl NamedView {
    fn of(word: Ident) -> Result<Self> {
        if let Some(view) = View::called(&word, &View::ALL) {
            return Ok(NamedView { view, word });
        }
        let message = if View::called(&word, &View::ASKED).is_some() {
            format!("`{word}` is an argument of its own: write `#[byte_stream({word})]` beside this")
        } else if let Some(view) = nearest(&word.to_string(), &View::ALL.map(View::name)) {
            format!("no view is called `{word}`: did you mean `{view}`?")
        } else {
            format!("no view is called `{word}`: the views are `stream`, `tokio`, `futures` and `body`")
        };
        Err(Error::new_spanned(&word, message))
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
    pub(crate) asked: Vec<NamedView>,
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
        arguments::each(ATTRIBUTE, attrs, errors, &mut |key, input, errors| {
            belongs_to(&key, derive)?;
            args.argument(&key, input, errors)
        });
        args
    }

    fn argument(&mut self, key: &Ident, input: ParseStream<'_>, errors: &mut Errors) -> Result<()> {
        match key.to_string().as_str() {
            "crate" => {
                let path = arguments::value(input, key, "crate = path::to::byte_stream", Path::parse_mod_style)?;
                arguments::set(&mut self.krate, key, path, errors);
            }
            "error" => {
                let ty = arguments::value(input, key, "error = MyError", Type::parse)?;
                arguments::set(&mut self.error, key, ty, errors);
            }
            "project" => {
                if input.peek(syn::token::Paren) {
                    let name;
                    parenthesized!(name in input);
                    // It is what was meant.
                    self.project = name.parse().ok().map(|name| Project { key: key.clone(), name: Some(name) });
                    name.parse::<TokenStream>()?;
                    return Err(Error::new_spanned(key, "`project` takes a name after `=`: write `project = Name`"));
                }
                let named = input.peek(Token![=]).then(|| arguments::value(input, key, "project = Name", Ident::parse));
                let project = Project { key: key.clone(), name: named.transpose()? };
                arguments::set(&mut self.project, key, project, errors);
            }
            "bound" => {
                let bound = arguments::list(input, key, "bound(S: MyTrait)", WherePredicate::parse)?;
                arguments::set(&mut self.bound, key, bound, errors);
            }
            "only" => {
                if let Some(views) = views(key, input, errors)? {
                    self.choose(key, Choice::Only(views), errors);
                }
            }
            "skip" => {
                if let Some(views) = views(key, input, errors)? {
                    self.choose(key, Choice::Skip(views), errors);
                }
            }
            _ => match View::called(key, &View::ASKED) {
                Some(view) => {
                    self.ask(view, key, errors);
                    arguments::nothing(input, key)?;
                }
                None => return Err(unknown(key, Place::Type)),
            },
        }
        Ok(())
    }

    fn ask(&mut self, view: View, key: &Ident, errors: &mut Errors) {
        if self.asked.iter().any(|before| before.view == view) {
            errors.at(key, format_args!("`{key}` stands here twice: keep one of them"));
        } else {
            self.asked.push(NamedView { view, word: key.clone() });
        }
    }

    fn choose(&mut self, key: &Ident, choice: Choice, errors: &mut Errors) {
        match (&self.choice, &choice) {
            (Some(Choice::Only(_)), Choice::Skip(_)) | (Some(Choice::Skip(_)), Choice::Only(_)) => {
                errors.at(key, "`only` and `skip` exclude each other: keep one of them");
            }
            _ => arguments::set(&mut self.choice, key, choice, errors),
        }
    }
}

/// What is about the core has no place where that is written by hand.
fn belongs_to(key: &Ident, derive: Derive) -> Result<()> {
    if derive == Derive::ByteStream || (key != "project" && key != "bound") {
        return Ok(());
    }
    Err(by_hand(key))
}

fn by_hand(key: &Ident) -> Error {
    let message = format_args!(
        "`{key}` belongs to `derive(ByteStream)`: a core that is written by hand has its own way, so remove it"
    );
    Error::new_spanned(key, message)
}

/// What is said below a type whose core is written by hand: nothing that is there has an argument.
pub(crate) fn none_below(data: &Data, errors: &mut Errors) {
    let fields = |fields: &Fields, errors: &mut Errors| {
        for field in fields {
            if let Some(source) = Mark::source(&field.attrs, errors).word {
                errors.push(by_hand(&source));
            }
        }
    };
    match data {
        Data::Struct(data) => fields(&data.fields, errors),
        Data::Enum(data) => {
            for variant in &data.variants {
                if let Some(empty) = Mark::empty(&variant.attrs, errors).word {
                    errors.push(by_hand(&empty));
                }
                fields(&variant.fields, errors);
            }
        }
        Data::Union(_) => {}
    }
}

/// The views in `only(..)` or `skip(..)`, each of them once; none, if no word there is the name of one.
fn views(key: &Ident, input: ParseStream<'_>, errors: &mut Errors) -> Result<Option<Vec<NamedView>>> {
    // A keyword is a word, too.
    let words = arguments::list(input, key, &format!("{key}(stream, tokio)"), Ident::parse_any)?;
    if words.is_empty() {
        let message = format_args!("`{key}` names no view: write for instance `{key}(stream, tokio)`");
        return Err(Error::new_spanned(key, message));
    }
    // After a mistake the other views are still known, so that nothing else of the user's depends on it.
    let mut views: Vec<NamedView> = Vec::new();
    for word in words {
        match NamedView::of(word) {
            Ok(twice) if views.iter().any(|before| before.view == twice.view) => {
                errors.at(&twice.word, format_args!("`{}` stands here twice: keep one of them", twice.word));
            }
            Ok(view) => views.push(view),
            Err(error) => errors.push(error),
        }
    }
    Ok((!views.is_empty()).then_some(views))
}

/// What is said of a variant, or of a field.
#[derive(Default)]
pub(crate) struct Mark {
    /// The one word that can be said there.
    pub(crate) word: Option<Ident>,
    /// Something was said, and it was wrong: there is a message about it.
    pub(crate) is_mistaken: bool,
}

impl Mark {
    /// Of a variant: `empty`.
    pub(crate) fn empty(attrs: &[Attribute], errors: &mut Errors) -> Self {
        Self::parse("empty", Place::Variant, attrs, errors)
    }

    /// Of a field: `source`.
    pub(crate) fn source(attrs: &[Attribute], errors: &mut Errors) -> Self {
        Self::parse("source", Place::Field, attrs, errors)
    }

    fn parse(word: &str, place: Place, attrs: &[Attribute], errors: &mut Errors) -> Self {
        let mut mark = Mark::default();
        arguments::each(ATTRIBUTE, attrs, errors, &mut |key, input, errors| {
            if key != word {
                return Err(unknown(&key, place));
            }
            arguments::set(&mut mark.word, &key, key.clone(), errors);
            arguments::nothing(input, &key)
        });
        mark.is_mistaken = mark.word.is_none() && is_addressed(attrs);
        mark
    }
}

/// Whether anything is said to the derive.
fn is_addressed(attrs: &[Attribute]) -> bool {
    attrs.iter().any(|attr| attr.path().is_ident(ATTRIBUTE))
}

/// Where an argument can stand.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Type,
    Variant,
    Field,
}

/// Every argument, and where it belongs.
const ARGUMENTS: [(&str, Place); 10] = [
    ("source", Place::Field),
    ("empty", Place::Variant),
    ("error", Place::Type),
    ("only", Place::Type),
    ("skip", Place::Type),
    (View::Compio010.name(), Place::Type),
    (View::Monoio02.name(), Place::Type),
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
        Some(Place::Type) if key == "skip" && place == Place::Variant => {
            "`skip` is about views: a variant that streams nothing is marked `empty`".to_owned()
        }
        Some(Place::Type) if key == "skip" => {
            "`skip` is about views: a field is left alone unless it is marked, so mark the others with `source`"
                .to_owned()
        }
        Some(Place::Type) => format!("`{key}` belongs on the type itself: put it above the `struct` or `enum`"),
        None => {
            let mut known = Vec::new();
            for (word, at) in ARGUMENTS {
                if at == place {
                    known.push(word);
                }
            }
            match nearest(&key.to_string(), &known) {
                Some(word) => format!("no argument is called `{key}`: did you mean `{word}`?"),
                None => format!("no argument is called `{key}`: here it could be `{}`", known.join("`, `")),
            }
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
