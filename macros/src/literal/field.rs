//! How trailers are written: `trailers { "x-crc": "..", .. }`.

use proc_macro2::{Group, TokenTree};
use syn::parse::ParseStream;
use syn::{Error, Ident, LitStr, Result, Token, braced, token};

use super::step;
use crate::errors::Errors;

pub(super) struct Field {
    pub(super) name: LitStr,
    pub(super) value: Value,
}

pub(super) enum Value {
    Text(LitStr),
    Expr(Group),
}

/// The fields behind the word. Of a mistake in one of them it tells `errors`, and goes on with the next.
pub(super) fn fields(input: ParseStream<'_>, word: &Ident, errors: &mut Errors) -> Result<Vec<Field>> {
    if !input.peek(token::Brace) {
        let message = "expected the fields in braces: write `trailers { \"x-crc\": \"..\" }`";
        return Err(Error::new(word.span(), message));
    }
    let inner;
    let braces = braced!(inner in input);
    if inner.is_empty() {
        let message = "there is no field here: write `trailers { \"x-crc\": \"..\" }`";
        return Err(Error::new(braces.span.join(), message));
    }
    let mut fields = Vec::new();
    while !inner.is_empty() {
        match field(&inner) {
            Ok(field) => {
                fields.push(field);
                if !inner.is_empty() && !inner.peek(Token![,]) {
                    errors.push(inner.error("expected `,` before the next field"));
                }
            }
            Err(error) => errors.push(error),
        }
        while !inner.is_empty() && !inner.peek(Token![,]) {
            inner.parse::<TokenTree>()?;
        }
        inner.parse::<Option<Token![,]>>()?;
    }
    Ok(fields)
}

fn field(input: ParseStream<'_>) -> Result<Field> {
    if !input.peek(LitStr) {
        return Err(input.error("expected the name of a field as a string: `\"x-crc\": \"..\"`"));
    }
    let name: LitStr = input.parse()?;
    if !is_name(&name.value()) {
        let message = "this is not the name of a header field: letters, digits and `-` make one";
        return Err(Error::new(name.span(), message));
    }
    if !input.peek(Token![:]) {
        return Err(input.error("expected `:` and the value of the field"));
    }
    input.parse::<Token![:]>()?;
    let value = if input.peek(token::Brace) {
        Value::Expr(step::braced(input, "a header value")?)
    } else if input.peek(LitStr) {
        let value: LitStr = input.parse()?;
        if !is_value(&value.value()) {
            let message = "this is not the value of a header field: it has no control characters and no line breaks";
            return Err(Error::new(value.span(), message));
        }
        Value::Text(value)
    } else {
        return Err(input.error("expected the value as a string, `\"..\"`, or as an expression in braces, `{expr}`"));
    };
    Ok(Field { name, value })
}

/// A token (RFC 9110, 5.6.2) that is not too long for the `http` crate.
fn is_name(name: &str) -> bool {
    const LONGEST: usize = 32_768;
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    (1..LONGEST).contains(&name.len()) && name.bytes().all(is_token)
}

/// What `http::HeaderValue` takes: visible characters, spaces and tabs, and bytes beyond ASCII (RFC 9110, 5.5).
fn is_value(value: &str) -> bool {
    value.bytes().all(|byte| byte == b'\t' || (byte >= b' ' && byte != 0x7f))
}
