//! `stream![b"..", pending, error(Kind), ..]`.

mod expand;
mod field;
mod step;
mod word;

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;
use syn::parse::{ParseStream, Parser};
use syn::{Path, Result, Token, parenthesized};

use crate::errors::Errors;
use step::Step;

pub(crate) fn expand(input: TokenStream) -> TokenStream {
    let parser = |input: ParseStream<'_>| {
        // `stream!` says where its crate is, so that it survives renaming and re-export.
        let krate;
        parenthesized!(krate in input);
        let krate = krate.call(Path::parse_mod_style)?;
        Ok((krate, steps(input)?))
    };
    match parser.parse2(input) {
        Ok((krate, steps)) => expand::expand(&krate, &steps),
        Err(error) => {
            // In the place of an expression, several messages need braces around them.
            let messages = error.into_compile_error();
            quote!({ #messages })
        }
    }
}

/// All of the steps, or all of the mistakes.
fn steps(input: ParseStream<'_>) -> Result<Vec<Step>> {
    let mut errors = Errors::default();
    let mut steps: Vec<Step> = Vec::new();
    while !input.is_empty() {
        if let Some(word) = steps.last().and_then(Step::stops) {
            errors.push(input.error(format_args!("nothing comes after `{word}`: write it last")));
            // Said once.
            input.parse::<TokenStream>()?;
            break;
        }
        match Step::parse(input, &mut errors) {
            Ok(step) => {
                steps.push(step);
                if !input.is_empty() && !input.peek(Token![,]) {
                    errors.push(input.error("expected `,` before the next step"));
                }
            }
            Err(error) => errors.push(error),
        }
        while !input.is_empty() && !input.peek(Token![,]) {
            input.parse::<TokenTree>()?;
        }
        input.parse::<Option<Token![,]>>()?;
    }
    errors.finish(steps).map_err(|broken| broken.error)
}
