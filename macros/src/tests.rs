//! Half-typed and wrong input, as an editor hands it over while its user types.

use proc_macro2::TokenStream;
use syn::DeriveInput;

use crate::{expand, stream_error};

/// The expansion without white space, so that what is looked for may be written as one likes.
fn spelled(derive: fn(&DeriveInput) -> TokenStream, input: &str) -> String {
    let input = syn::parse_str(input).unwrap_or_else(|error| panic!("{input}: {error}"));
    squeezed(&derive(&input).to_string())
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect()
}

/// Asserts that each of them is told what is wrong and still has the impls.
fn keeps(derive: fn(&DeriveInput) -> TokenStream, impls: &[&str], inputs: &[&str]) {
    for input in inputs {
        let spelled = spelled(derive, input);
        assert!(spelled.contains("compile_error"), "{input}: {spelled}");
        for expected in impls {
            assert!(spelled.contains(&squeezed(expected)), "{input}: no `{expected}` in {spelled}");
        }
    }
}

#[test]
fn a_half_typed_attribute_keeps_the_impls() {
    let impls = ["__bs::ByteStream for Upload", "__bs::views! { { (impl<>) (Upload", "} stream tokio"];
    keeps(
        expand::byte_stream,
        &impls,
        &[
            "#[byte_stream] struct Upload(Bytes);",
            "#[byte_stream()] struct Upload(Bytes);",
            "#[byte_stream = \"\"] struct Upload(Bytes);",
            "#[byte_stream[]] struct Upload(Bytes);",
            "#[byte_stream(on)] struct Upload(Bytes);",
            "#[byte_stream(only)] struct Upload(Bytes);",
            "#[byte_stream(only())] struct Upload(Bytes);",
            "#[byte_stream(only(str))] struct Upload(Bytes);",
            "#[byte_stream(only(stream tokio))] struct Upload(Bytes);",
            "#[byte_stream(only(stream, tokio), skip)] struct Upload(Bytes);",
            "#[byte_stream(,)] struct Upload(Bytes);",
            "#[byte_stream(error)] struct Upload(Bytes);",
            "#[byte_stream(error =)] struct Upload(Bytes);",
            "#[byte_stream(error = , crate = here)] struct Upload(Bytes);",
            "#[byte_stream(crate =)] struct Upload(Bytes);",
            "#[byte_stream(crate = ::)] struct Upload(Bytes);",
            "#[byte_stream(project =)] struct Upload(Bytes);",
            "#[byte_stream(bound)] struct Upload(Bytes);",
            "#[byte_stream(bound(S:, T))] struct Upload(Bytes);",
            "#[byte_stream(\"\")] struct Upload(Bytes);",
            "struct Upload(#[byte_stream(sou)] Bytes);",
            "struct Upload { head: Bytes, #[byte_stream(sou)] tail: Bytes }",
            "enum Upload { #[byte_stream(e)] Held(u8), Body(Bytes) }",
            "enum Upload { Pair(Bytes, Bytes) }",
            "union Upload { a: u8 }",
            "#[repr(packed)] struct Upload(Bytes);",
        ],
    );
}

#[test]
fn a_mistake_keeps_the_generics() {
    let impls = ["impl<'a, S: Copy, const N: usize> __bs::ByteStream for Upload<'a, S, N> where S: Clone"];
    keeps(
        expand::byte_stream,
        &impls,
        &["#[byte_stream(on)] struct Upload<'a, S: Copy, const N: usize>(&'a [S; N]) where S: Clone;"],
    );
}

#[test]
fn a_lifetime_that_is_declared_last_is_told_once() {
    let input =
        "#[byte_stream(project = Projected)] struct Upload<S, 'a> { #[byte_stream(source)] body: S, name: &'a str }";
    let spelled = spelled(expand::byte_stream, input);
    for expected in ["struct Projected<'__pin, 'a, S,>", "-> Projected<'__pin, 'a, S,>"] {
        assert!(spelled.contains(&squeezed(expected)), "no `{expected}` in {spelled}");
    }
}

#[test]
fn a_mistake_keeps_what_was_said_beside_it() {
    let inputs = ["#[byte_stream(on, project, only(tokio), error = Mine, crate = here)] struct Upload { body: Bytes }"];
    let impls =
        ["fn project<'__pin>(self", "here::__private as __bs", "__bs::asked::tokio!", "<Mine as __bs::StreamError>"];
    keeps(expand::byte_stream, &impls, &inputs);
    keeps(expand::byte_stream, &["} tokio }"], &inputs);
    keeps(
        expand::byte_stream,
        &["__bs::asked::tokio!", "} tokio }"],
        &["#[byte_stream(only(tokio, fut))] struct Upload(Bytes);"],
    );
    let named = "#[byte_stream(on, project = Projected)] enum Upload { Body(Bytes) }";
    keeps(expand::byte_stream, &["enum Projected<'__pin,>", "fn project<'__pin>(self"], &[named]);
}

#[test]
fn views_beside_a_core_by_hand_are_kept() {
    keeps(
        expand::byte_stream_views,
        &["__bs::views! { { (impl<>) (Hand", "} stream tokio"],
        &[
            "#[byte_stream(project)] struct Hand;",
            "#[byte_stream(only)] struct Hand;",
            "struct Hand(#[byte_stream(source)] Bytes);",
            "enum Hand { #[byte_stream(empty)] None }",
        ],
    );
}

#[test]
fn a_half_typed_error_keeps_its_conversions() {
    let impls = ["__bs::StreamError for Failure", "From<Failure> for __bs::std::io::Error"];
    keeps(
        stream_error::stream_error,
        &impls,
        &[
            "enum Failure { Io(io::Error) }",
            "enum Failure {}",
            "struct Failure;",
            "union Failure { a: u8 }",
            "#[stream_error] struct Failure(io::Error);",
            "#[stream_error()] struct Failure(io::Error);",
            "enum Failure { #[stream_error(kind)] Slow, #[stream_error(other)] Io(io::Error) }",
            "enum Failure { #[stream_error(kind = )] Slow, #[stream_error(other)] Io(io::Error) }",
            "enum Failure { #[stream_error(oth)] Io(io::Error) }",
        ],
    );
}

#[test]
fn what_is_right_has_no_message() {
    for input in ["enum Never {}", "struct Nothing;", "struct Upload(Bytes);", "enum Upload<S> { Plain(S), Nothing }"] {
        let input = syn::parse_str(input).unwrap();
        assert!(!expand::byte_stream(&input).to_string().contains("compile_error"));
    }
}
