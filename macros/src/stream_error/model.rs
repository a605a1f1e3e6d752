//! What the user's error type means: which errors become which of its variants.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use syn::{Data, DataUnion, DeriveInput, Error, Fields, Index, Member, Path, Result, Type};

use super::attr::{self, Marks};
use crate::errors::Errors;
use crate::model::krate;

pub(super) struct Model<'a> {
    pub(super) input: &'a DeriveInput,
    pub(super) krate: TokenStream,
    /// In the order in which they are declared.
    pub(super) sources: Vec<Lone<'a>>,
    pub(super) other: Lone<'a>,
    pub(super) kinds: Vec<Kind<'a>>,
}

/// A struct or a variant that holds one error.
pub(super) struct Lone<'a> {
    variant: Option<&'a Ident>,
    pub(super) member: Member,
    pub(super) ty: &'a Type,
    /// It has a kind of its own, so it is carried whole.
    pub(super) is_kind: bool,
}

/// A struct or a variant that says its kind.
pub(super) struct Kind<'a> {
    variant: Option<&'a Ident>,
    pub(super) kind: Path,
}

impl Lone<'_> {
    pub(super) fn path(&self) -> TokenStream {
        path(self.variant)
    }

    /// Whether both are the same variant, or the struct.
    pub(super) fn is(&self, other: &Self) -> bool {
        self.variant == other.variant
    }
}

impl Kind<'_> {
    pub(super) fn path(&self) -> TokenStream {
        path(self.variant)
    }
}

fn path(variant: Option<&Ident>) -> TokenStream {
    match variant {
        Some(variant) => quote!(Self::#variant),
        None => quote!(Self),
    }
}

impl<'a> Model<'a> {
    pub(super) fn of(input: &'a DeriveInput) -> Result<Self> {
        let mut errors = Errors::default();
        let (ty, marks) = attr::parse(&input.attrs, &mut errors);
        let mut found = Found::default();
        match &input.data {
            Data::Struct(data) => {
                // A struct that holds one error is what holds every error.
                let lone = data.fields.len() == 1 && marks.from.is_none();
                found.arm(&input.ident, None, &data.fields, marks, lone, &mut errors);
            }
            Data::Enum(data) => {
                for word in [&marks.other, &marks.from].into_iter().flatten() {
                    errors.at(word, format_args!("`{word}` marks a variant: put it on the one that it is true of"));
                }
                if let Some(kind) = &marks.kind {
                    errors.at(kind, "`kind` belongs on the variants: each has its own");
                }
                for variant in &data.variants {
                    let mut marks = Marks::default();
                    marks.add(&variant.attrs, &mut errors);
                    found.arm(&variant.ident, Some(&variant.ident), &variant.fields, marks, false, &mut errors);
                }
            }
            Data::Union(DataUnion { union_token, .. }) => {
                errors.at(union_token, "a union is no error: make it a struct or an enum");
            }
        }
        let krate = krate(ty.krate.as_ref());
        errors.finish(()).map_err(|broken| broken.error)?;
        let other = found.other.ok_or_else(|| no_place(input))?;
        Ok(Model { input, krate, sources: found.sources, other, kinds: found.kinds })
    }
}

fn no_place(input: &DeriveInput) -> Error {
    let ident = &input.ident;
    let add = match &input.data {
        Data::Enum(_) => "add a variant for it, `#[stream_error(other)] Other(std::io::Error)`",
        _ => "make it a struct that holds one, `(std::io::Error)`, or an enum with a variant for it",
    };
    Error::new_spanned(ident, format_args!("an error that is nothing else has no place in `{ident}`: {add}"))
}

#[derive(Default)]
struct Found<'a> {
    sources: Vec<Lone<'a>>,
    other: Option<Lone<'a>>,
    kinds: Vec<Kind<'a>>,
}

impl<'a> Found<'a> {
    /// A struct or a variant. `is_other` says that it takes every error, also without a mark.
    fn arm(
        &mut self,
        ident: &Ident,
        variant: Option<&'a Ident>,
        fields: &'a Fields,
        mut marks: Marks,
        is_other: bool,
        errors: &mut Errors,
    ) {
        for field in fields {
            marks.add(&field.attrs, errors);
        }
        let mark = marks.other.as_ref().or(marks.from.as_ref());
        if is_other || mark.is_some() {
            let field = fields.iter().next().filter(|_| fields.len() == 1);
            let Some(field) = field else {
                let message = format_args!("`{ident}` is made from one error, so it needs exactly one field");
                return errors.at(mark.unwrap_or(ident), message);
            };
            let member = || field.ident.clone().map_or_else(|| Member::Unnamed(Index::from(0)), Member::Named);
            let lone = || Lone { variant, member: member(), ty: &field.ty, is_kind: marks.kind.is_some() };
            if let Some(from) = &marks.from {
                self.source(lone(), from, errors);
            }
            if marks.other.is_some() || is_other {
                if let (Some(_), Some(twice)) = (&self.other, &marks.other) {
                    errors.at(twice, "another variant is marked `other` before: an error can go to one only");
                }
                self.other.get_or_insert_with(lone);
            }
        }
        if let Some(kind) = marks.kind {
            self.kinds.push(Kind { variant, kind });
        }
    }

    fn source(&mut self, source: Lone<'a>, mark: &Ident, errors: &mut Errors) {
        let spelled = source.ty.to_token_stream().to_string();
        if self.sources.iter().any(|before| before.ty.to_token_stream().to_string() == spelled) {
            errors.at(
                mark,
                "a variant before is made from the same type, so this one never would be: remove one of the two marks",
            );
        }
        self.sources.push(source);
    }
}
