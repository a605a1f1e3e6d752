//! What the derives and the literal write, to be read: each file in `snapshots` holds an input, and below the line what it becomes.
//!
//! After a change, `SNAPSHOTS=write cargo test -p byte-stream-macros` writes all of them anew. Read what it has changed.

use std::path::Path;
use std::{env, fs};

use proc_macro2::TokenStream;
use quote::quote;
use syn::DeriveInput;
use syn_printed::{Attribute, Ident, Item, ItemEnum, ItemStruct};

use crate::{expand, literal, stream_error};

const LINE: &str = "\n// ---- expands to ----\n\n";

#[test]
fn an_expansion_is_the_one_that_was_reviewed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("snapshots");
    let mut changed = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        let input = text.split(LINE).next().unwrap().trim_end();
        let printed = prettyplease::unparse(&syn_printed::parse2(expanded(input)).unwrap());
        let now = format!("{input}\n{LINE}{}", without_allowances(&printed));
        if now == text {
            continue;
        }
        if env::var_os("SNAPSHOTS").is_some_and(|word| word == "write") {
            fs::write(&path, now).unwrap();
        } else {
            changed.push(format!("{}:\n{now}", path.display()));
        }
    }
    assert!(changed.is_empty(), "{}\n(`SNAPSHOTS=write` takes them over)", changed.join("\n"));
}

/// The lints that are turned off are the same everywhere, and stand in `lints.rs`.
fn without_allowances(printed: &str) -> String {
    let (mut left, mut rest) = (String::new(), printed);
    while let Some((before, after)) = rest.split_once("#[allow(\n") {
        let (_, after) = after.split_once(")]\n").unwrap();
        left.extend([before, "#[allow(..)]\n"]);
        rest = after;
    }
    left + rest
}

/// Of each type what it derives, of each `stream!` what it makes.
fn expanded(input: &str) -> TokenStream {
    let file = syn_printed::parse_file(input).unwrap();
    file.items
        .iter()
        .flat_map(|item| match item {
            Item::Struct(ItemStruct { attrs, .. }) | Item::Enum(ItemEnum { attrs, .. }) => derived(attrs, item),
            Item::Macro(stream) => {
                let steps = &stream.mac.tokens;
                let literal = literal::expand(quote!((::byte_stream) #steps));
                vec![quote!(const _: _ = #literal;)]
            }
            other => panic!("neither a type nor a `stream!`: {}", quote!(#other)),
        })
        .collect()
}

fn derived(attrs: &[Attribute], item: &Item) -> Vec<TokenStream> {
    let input: DeriveInput = syn::parse_quote!(#item);
    let derives = attrs.iter().filter(|attr| attr.path().is_ident("derive"));
    derives
        .map(|attr| match attr.parse_args::<Ident>().unwrap().to_string().as_str() {
            "ByteStream" => expand::byte_stream(&input),
            "ByteStreamViews" => expand::byte_stream_views(&input),
            "StreamError" => stream_error::stream_error(&input),
            other => panic!("not one of ours: {other}"),
        })
        .collect()
}
