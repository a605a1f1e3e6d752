//! Every form of every derive, and `stream!`, where every lint is an error.
//!
//! That it compiles is the test, and that clippy finds nothing. `tests/restriction.rs` runs the lints on it that contradict each other.
#![forbid(unsafe_code)]
#![deny(warnings, missing_docs, rust_2018_idioms, private_bounds, private_interfaces, unreachable_pub)]
#![deny(
    absolute_paths_not_starting_with_crate,
    ambiguous_negative_literals,
    deprecated_in_future,
    explicit_outlives_requirements,
    keyword_idents,
    let_underscore_drop,
    macro_use_extern_crate,
    meta_variable_misuse,
    missing_copy_implementations,
    missing_debug_implementations,
    non_ascii_idents,
    redundant_imports,
    redundant_lifetimes,
    single_use_lifetimes,
    trivial_casts,
    trivial_numeric_casts,
    unit_bindings,
    unnameable_types,
    unused_import_braces,
    unused_lifetimes,
    unused_macro_rules,
    unused_qualifications,
    unused_results,
    variant_size_differences
)]
#![deny(clippy::all, clippy::pedantic, clippy::nursery, clippy::cargo)]
#![allow(
    clippy::cargo_common_metadata,
    clippy::multiple_crate_versions,
    reason = "of the workspace and its dependencies, not of the code"
)]

mod error;
mod generic;
mod literal;
mod projected;
mod shapes;

pub use error::{Broken, Failure, Inner};
pub use generic::{Bounded, Connection, Constant, Defaulted, Projected, Repeated, Tail};
pub use literal::{made, written};
pub use projected::{Counted, Which};
pub use shapes::{ByHand, Decoder, Empty, Every, Many, Named, Only, Skip, Tree, Typed, Unit};
