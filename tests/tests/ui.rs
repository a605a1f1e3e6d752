//! Programs that must not compile, and what is said about them; and programs that must.

#[test]
fn our_own_messages() {
    trybuild::TestCases::new().compile_fail("ui/ours/*/*.rs");
}

/// What quotes rustc changes with the toolchain, so it stands apart.
#[test]
fn messages_in_the_words_of_rustc() {
    trybuild::TestCases::new().compile_fail("ui/rustc/*/*.rs");
}

#[test]
fn what_must_compile() {
    trybuild::TestCases::new().pass("ui/pass/*.rs");
}
