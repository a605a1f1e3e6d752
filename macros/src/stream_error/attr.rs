//! How the arguments of `#[stream_error(..)]` are spelled.

use syn::parse::ParseStream;
use syn::{Attribute, Error, Ident, Path, Result};

use crate::arguments;
use crate::errors::Errors;
use crate::nearest::nearest;

const ATTRIBUTE: &str = "stream_error";

/// thiserror's mark of a field that a variant converts from.
const FROM: &str = "from";

/// The arguments on a type.
#[derive(Default)]
pub(super) struct Type {
    pub(super) krate: Option<Path>,
}

/// The arguments on a variant, or on the type if that is a struct, and on its fields.
#[derive(Default)]
pub(super) struct Marks {
    pub(super) kind: Option<Path>,
    /// The word `other`.
    pub(super) other: Option<Ident>,
    /// The word `from`.
    pub(super) from: Option<Ident>,
}

impl Type {
    /// For a type whose arguments are wrong: whatever could be made of them.
    pub(super) fn salvage(attrs: &[Attribute]) -> Self {
        parse(attrs, &mut Errors::default()).0
    }
}

/// What stands on a type: its own arguments, and those that it has as a variant, if it is a struct.
pub(super) fn parse(attrs: &[Attribute], errors: &mut Errors) -> (Type, Marks) {
    let (mut ty, mut marks) = (Type::default(), Marks::default());
    arguments::each(ATTRIBUTE, attrs, errors, &mut |key, input, errors| {
        match key.to_string().as_str() {
            "crate" => {
                let path = arguments::value(input, &key, "crate = path::to::byte_stream", Path::parse_mod_style)?;
                arguments::set(&mut ty.krate, &key, path, errors);
            }
            _ => marks.argument(&key, input, errors)?,
        }
        Ok(())
    });
    (ty, marks)
}

/// `#[from]`, and not the `#[from(skip)]` of `derive_more`.
fn bare_from(attr: &Attribute) -> Option<&Ident> {
    attr.meta.require_path_only().ok()?.get_ident().filter(|ident| *ident == FROM)
}

impl Marks {
    /// Adds what stands on a variant or on a field.
    pub(super) fn add(&mut self, attrs: &[Attribute], errors: &mut Errors) {
        arguments::each(ATTRIBUTE, attrs, errors, &mut |key, input, errors| self.argument(&key, input, errors));
        if let Some(from) = attrs.iter().find_map(bare_from) {
            // Both marks on one field say the same.
            self.from.get_or_insert_with(|| from.clone());
        }
    }

    fn argument(&mut self, key: &Ident, input: ParseStream<'_>, errors: &mut Errors) -> Result<()> {
        match key.to_string().as_str() {
            "kind" => {
                let kind = arguments::value(input, key, "kind = TimedOut", Path::parse_mod_style)?;
                arguments::set(&mut self.kind, key, kind, errors);
            }
            "crate" => {
                return Err(Error::new_spanned(
                    key,
                    "`crate` belongs on the type itself: put it above the `struct` or `enum`",
                ));
            }
            "other" => {
                arguments::set(&mut self.other, key, key.clone(), errors);
                arguments::nothing(input, key)?;
            }
            "from" => {
                arguments::set(&mut self.from, key, key.clone(), errors);
                arguments::nothing(input, key)?;
            }
            _ => {
                let message = match nearest(&key.to_string(), &["kind", "from", "other", "crate"]) {
                    Some(word) => format!("no argument is called `{key}`: did you mean `{word}`?"),
                    None => format!(
                        "no argument is called `{key}`: here it could be `kind = ..`, `from`, `other`, or `crate = ..` on \
                         the type"
                    ),
                };
                return Err(Error::new_spanned(key, message));
            }
        }
        Ok(())
    }
}
