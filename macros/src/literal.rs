//! `stream![b"..", "..", { .. }]`.

use proc_macro2::{Group, TokenStream, TokenTree};
use quote::quote;
use syn::parse::{Parse, ParseStream, Parser};
use syn::{LitByteStr, LitStr, Path, Result, Token, parenthesized, token};

use crate::errors::Errors;

/// One chunk.
enum Item {
    Bytes(LitByteStr),
    Text(LitStr),
    Expr(Group),
}

impl Parse for Item {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        if input.peek(LitByteStr) {
            Ok(Item::Bytes(input.parse()?))
        } else if input.peek(LitStr) {
            Ok(Item::Text(input.parse()?))
        } else if input.peek(token::Brace) {
            Ok(Item::Expr(input.parse()?))
        } else {
            let message =
                "expected a chunk: a byte string `b\"..\"`, a string `\"..\"`, or an expression in braces `{..}`";
            Err(input.error(message))
        }
    }
}

pub(crate) fn expand(input: TokenStream) -> TokenStream {
    let parser = |input: ParseStream<'_>| {
        // `stream!` says where its crate is, so that it survives renaming and re-export.
        let krate;
        parenthesized!(krate in input);
        let krate = krate.call(Path::parse_mod_style)?;
        let chunks = chunks(input)?;
        Ok((krate, chunks))
    };
    match parser.parse2(input) {
        Ok((krate, chunks)) => {
            let private = quote!(#krate::__private);
            let chunks = chunks.iter().map(|chunk| match chunk {
                Item::Bytes(bytes) => quote!(#private::bytes::Bytes::from_static(#bytes)),
                Item::Text(text) => {
                    quote!(#private::bytes::Bytes::from_static(#private::core::primitive::str::as_bytes(#text)))
                }
                Item::Expr(expr) => quote!(<#private::bytes::Bytes as #private::core::convert::From<_>>::from(#expr)),
            });
            quote!(#private::StreamLiteral::new([#(#chunks),*]))
        }
        Err(error) => {
            // In the place of an expression, several messages need braces around them.
            let messages = error.into_compile_error();
            quote!({ #messages })
        }
    }
}

/// All of the chunks, or all of the mistakes.
fn chunks(input: ParseStream<'_>) -> Result<Vec<Item>> {
    let mut errors = Errors::default();
    let mut chunks = Vec::new();
    while !input.is_empty() {
        match input.parse() {
            Ok(chunk) => {
                chunks.push(chunk);
                if !input.is_empty() && !input.peek(Token![,]) {
                    errors.push(input.error("expected `,` before the next chunk"));
                }
            }
            Err(error) => errors.push(error),
        }
        while !input.is_empty() && !input.peek(Token![,]) {
            input.parse::<TokenTree>()?;
        }
        input.parse::<Option<Token![,]>>()?;
    }
    errors.finish(chunks)
}
