//! The lints that an expansion turns off.
//!
//! What is ours in it needs no allowance: lints do not look into another crate's macros. But what the user wrote stands in it again, with
//! the place where it was written, and is linted as if it stood there twice. Each of these has been seen to fire: without it, the crates
//! `tests/hygiene` and `tests/lints` do not compile, or clippy does not pass them.

use proc_macro2::TokenStream;
use quote::quote;

/// On what holds the impls.
pub(crate) fn allowances() -> TokenStream {
    quote! {
        #[allow(
            // A type may be deprecated, or a field of it, or what it is made of.
            deprecated,
            // A parameter is called as the user likes, who has allowed it on the type alone.
            non_camel_case_types,
            non_upper_case_globals,
            // A lifetime parameter that an impl needs only for the name of the type.
            single_use_lifetimes,
            // What a type says of itself may depend on no parameter of it.
            trivial_bounds,
            // Which variants of an error are left depends on the type.
            unreachable_patterns,
            // A path that is longer than it need be where the type stands.
            unused_qualifications,
            // The call of an error's `from_io`: without a closure around it, an error that has none is told of three times.
            clippy::redundant_closure,
            // What is said of a parameter in the type's own bounds, and again, or more of it, in those of an impl.
            clippy::trait_duplication_in_bounds,
            clippy::type_repetition_in_bounds,
            // A source that names the type itself, which in an impl is `Self`.
            clippy::use_self,
            // A path that is as long as it need be, `std` where it could be `core`, ..: said once, where the type stands.
            clippy::restriction
        )]
    }
}

/// On the type of a projection, which is like the user's.
pub(crate) fn of_projection() -> TokenStream {
    quote! {
        #[allow(
            // Not every field is looked at.
            dead_code,
            // As above.
            deprecated,
            non_camel_case_types,
            non_upper_case_globals,
            // A field is called as the user likes.
            non_snake_case,
            // It has no docs of its own.
            clippy::restriction
        )]
    }
}
