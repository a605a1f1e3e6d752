//! How arguments are read, whatever they are called.

use proc_macro2::{TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Attribute, Error, Ident, MacroDelimiter, Meta, Result, Token, parenthesized, token};

use crate::errors::Errors;

/// Hands each `key ..` of each `#[attribute(key .., key ..)]` to `argument`. After a mistake it goes on with the next.
pub(crate) fn each(
    attribute: &str,
    attrs: &[Attribute],
    errors: &mut Errors,
    argument: &mut dyn FnMut(Ident, ParseStream<'_>, &mut Errors) -> Result<()>,
) {
    for attr in attrs.iter().filter(|attr| attr.path().is_ident(attribute)) {
        if !matches!(&attr.meta, Meta::List(list) if matches!(list.delimiter, MacroDelimiter::Paren(_))) {
            errors.at(attr, format_args!("expected arguments in parentheses: write `#[{attribute}(..)]`"));
            continue;
        }
        let parsed = attr.parse_args_with(|input: ParseStream<'_>| {
            if input.is_empty() {
                let message = format_args!("`{attribute}()` says nothing: write an argument, or remove it");
                return Err(Error::new_spanned(attr, message));
            }
            while !input.is_empty() {
                if let Err(error) = key(input).and_then(|key| {
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

fn key(input: ParseStream<'_>) -> Result<Ident> {
    if !input.peek(Ident::peek_any) {
        return Err(input.error("expected the name of an argument, which is a bare word"));
    }
    input.call(Ident::parse_any)
}

fn skip_to_comma(input: ParseStream<'_>) -> Result<()> {
    while !input.is_empty() && !input.peek(Token![,]) {
        input.parse::<TokenTree>()?;
    }
    Ok(())
}

/// Keeps what was said first.
pub(crate) fn set<T>(slot: &mut Option<T>, key: &Ident, value: T, errors: &mut Errors) {
    match slot {
        None => *slot = Some(value),
        Some(_) => errors.at(key, format_args!("`{key}` stands here twice: keep one of them")),
    }
}

/// Nothing follows `key`.
pub(crate) fn nothing(input: ParseStream<'_>, key: &Ident) -> Result<()> {
    if input.peek(Token![=]) || input.peek(token::Paren) {
        return Err(Error::new_spanned(key, format_args!("`{key}` takes no value: write `{key}`")));
    }
    Ok(())
}

/// What follows `key`: `= value`.
pub(crate) fn value<T>(
    input: ParseStream<'_>,
    key: &Ident,
    example: &str,
    parse: fn(ParseStream<'_>) -> Result<T>,
) -> Result<T> {
    if input.parse::<Option<Token![=]>>()?.is_none() || input.is_empty() || input.peek(Token![,]) {
        return Err(Error::new_spanned(key, format_args!("`{key}` needs a value: write `{example}`")));
    }
    // What syn expected there is a long list.
    let misfit = |error: Error| Error::new(error.span(), format_args!("this value does not fit: write `{example}`"));
    let value = input.call(parse).map_err(misfit)?;
    // A word is the next argument, and lacks its comma.
    let is_whole = input.is_empty() || input.peek(Token![,]) || input.peek(Ident::peek_any);
    if is_whole { Ok(value) } else { Err(misfit(input.error(""))) }
}

/// What follows `key`: `(item, item)`.
pub(crate) fn list<T>(
    input: ParseStream<'_>,
    key: &Ident,
    example: &str,
    parse: fn(ParseStream<'_>) -> Result<T>,
) -> Result<Vec<T>> {
    if !input.peek(token::Paren) {
        return Err(Error::new_spanned(key, format_args!("`{key}` needs a list: write `{example}`")));
    }
    let items;
    parenthesized!(items in input);
    let mut list = Vec::new();
    while !items.is_empty() {
        let item = parse(&items).and_then(|item| {
            if !items.is_empty() {
                items.parse::<Token![,]>()?;
            }
            Ok(item)
        });
        match item {
            Ok(item) => list.push(item),
            Err(error) => {
                // What is left of a list that went wrong would be reported a second time.
                items.parse::<TokenStream>()?;
                return Err(Error::new(error.span(), format_args!("this list does not fit: write `{example}`")));
            }
        }
    }
    Ok(list)
}
