//! How one step is written.

use proc_macro2::{Delimiter, Group, Span};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::{Error, Ident, Lit, LitByteStr, LitInt, LitStr, Result, Token, parenthesized, token};

use super::field::{self, Field};
use super::word::Word;
use crate::errors::Errors;

pub(super) enum Step {
    Chunk(Chunk, Option<Count>),
    Pending(Option<Count>),
    Hang,
    Error(Failure),
    Panic,
    /// The word, and the fields.
    Trailers(Span, Vec<Field>),
}

pub(super) enum Chunk {
    Bytes(LitByteStr),
    Text(LitStr),
    Expr(Group),
}

/// How often: what follows `*`.
pub(super) enum Count {
    Number(LitInt),
    Expr(Group),
}

pub(super) enum Failure {
    /// A variant of `io::ErrorKind`. Whether there is one of this name, rustc knows.
    Kind(Ident),
    Expr(Group),
}

const A_STEP: &str = "expected a step: a chunk `b\"..\"`, `\"..\"` or `{expr}`, or one of `pending`, `hang`, `error(..)`, \
                      `panic`, `trailers {..}`";

impl Step {
    /// One step. Of a mistake inside of a list it tells `errors`, and goes on.
    pub(super) fn parse(input: ParseStream<'_>, errors: &mut Errors) -> Result<Self> {
        let step = if input.peek(Ident::peek_any) && !input.peek(Lit) {
            Self::word(input, errors)?
        } else {
            let chunk = input.parse()?;
            Step::Chunk(chunk, count(input)?)
        };
        if input.peek(Token![*]) {
            return Err(input.error("this step happens once: only a chunk and `pending` can be repeated"));
        }
        Ok(step)
    }

    fn word(input: ParseStream<'_>, errors: &mut Errors) -> Result<Self> {
        let ident = input.call(Ident::parse_any)?;
        let is_alone = input.is_empty() || input.peek(Token![,]);
        let takes_nothing = |example: &str| {
            if input.peek(token::Paren) || input.peek(token::Brace) || input.peek(Token![!]) {
                return Err(input.error(format_args!("`{ident}` takes nothing: write {example}")));
            }
            Ok(())
        };
        match Word::of(&ident, is_alone)? {
            Word::Pending => {
                takes_nothing("`pending`, or `pending * 3`")?;
                Ok(Step::Pending(count(input)?))
            }
            Word::Hang => takes_nothing("`hang`").map(|()| Step::Hang),
            Word::Panic => takes_nothing("`panic`").map(|()| Step::Panic),
            Word::Error => failure(input, &ident).map(Step::Error),
            Word::Trailers => field::fields(input, &ident, errors).map(|fields| Step::Trailers(ident.span(), fields)),
        }
    }

    /// The word, if no step after it can be reached.
    pub(super) fn stops(&self) -> Option<&'static str> {
        match self {
            Step::Hang => Some("hang"),
            Step::Panic => Some("panic"),
            Step::Chunk(..) | Step::Pending(_) | Step::Error(_) | Step::Trailers(..) => None,
        }
    }
}

impl Parse for Chunk {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        if input.peek(token::Brace) {
            return braced(input, "a chunk").map(Chunk::Expr);
        }
        if input.peek(Token![-]) || !input.peek(Lit) {
            return Err(input.error(A_STEP));
        }
        let lit: Lit = input.parse()?;
        let message = match lit {
            Lit::ByteStr(_) | Lit::Str(_) if !lit.suffix().is_empty() => {
                format!("remove `{}`: a chunk has no type but bytes", lit.suffix())
            }
            Lit::ByteStr(bytes) => return Ok(Chunk::Bytes(bytes)),
            Lit::Str(text) => return Ok(Chunk::Text(text)),
            Lit::CStr(ref text) => {
                format!("a chunk has no NUL at its end: write `b\"{}\"`", text.value().to_bytes().escape_ascii())
            }
            Lit::Byte(ref byte) => format!("one byte is a chunk too: write `b\"{}\"`", byte.value().escape_ascii()),
            Lit::Char(ref char) => format!("one character is a chunk too: write `\"{}\"`", char.value().escape_debug()),
            _ => A_STEP.into(),
        };
        Err(Error::new(lit.span(), message))
    }
}

/// `{expr}`.
pub(super) fn braced(input: ParseStream<'_>, what: &str) -> Result<Group> {
    let group: Group = input.parse()?;
    if group.stream().is_empty() {
        let message = format_args!("these braces are empty: write an expression that makes {what}, `{{expr}}`");
        return Err(Error::new(group.span(), message));
    }
    // Braces of our own: rustc would call those of the user needless.
    Ok(Group::new(Delimiter::Brace, group.stream()))
}

/// `* 3`, if it is there.
fn count(input: ParseStream<'_>) -> Result<Option<Count>> {
    if !input.peek(Token![*]) {
        return Ok(None);
    }
    input.parse::<Token![*]>()?;
    if input.peek(Token![-]) {
        return Err(input.error("a step is not repeated less than 0 times: write a count, `* 3`"));
    }
    if input.peek(token::Brace) {
        return braced(input, "a count").map(|count| Some(Count::Expr(count)));
    }
    if !input.peek(LitInt) {
        return Err(
            input.error("expected a count after `*`: a whole number, `* 3`, or an expression in braces, `* {n}`")
        );
    }
    let number: LitInt = input.parse()?;
    if !matches!(number.suffix(), "" | "usize") {
        return Err(Error::new(
            number.span(),
            format_args!("a count is a `usize`: write `{}`", number.base10_digits()),
        ));
    }
    number
        .base10_parse::<usize>()
        .map_err(|_| Error::new(number.span(), "this count does not fit into a `usize`: write a smaller one"))?;
    Ok(Some(Count::Number(number)))
}

/// `(ConnectionReset)` or `({expr})`.
fn failure(input: ParseStream<'_>, word: &Ident) -> Result<Failure> {
    const EXAMPLE: &str = "`error(ConnectionReset)`, a kind of `io::ErrorKind`, or `error({expr})`";
    if !input.peek(token::Paren) {
        return Err(Error::new(word.span(), format_args!("say which error: write {EXAMPLE}")));
    }
    let inner;
    let paren = parenthesized!(inner in input);
    if inner.is_empty() {
        return Err(Error::new(paren.span.join(), format_args!("say which error: write {EXAMPLE}")));
    }
    let failure = if inner.peek(token::Brace) {
        Failure::Expr(braced(&inner, "an error")?)
    } else if inner.peek(Ident) && !inner.peek2(Token![::]) {
        Failure::Kind(inner.parse()?)
    } else {
        let message = if inner.peek(Ident) || inner.peek(Token![::]) {
            "a kind stands without a path, `error(ConnectionReset)`, any other expression in braces, `error({expr})`"
        } else {
            "an expression stands in braces: `error({expr})`; a kind of `io::ErrorKind` as it is: `error(ConnectionReset)`"
        };
        let error = inner.error(message);
        skip(&inner)?;
        return Err(error);
    };
    if !inner.is_empty() {
        let error = inner.error("expected `)`: an `error` is one kind or one expression in braces");
        skip(&inner)?;
        return Err(error);
    }
    Ok(failure)
}

/// What is left of a group that went wrong would be reported a second time.
pub(super) fn skip(input: ParseStream<'_>) -> Result<()> {
    input.parse::<proc_macro2::TokenStream>().map(drop)
}
