//! The empty stream.

#[derive(ByteStream)]
struct Nothing;

// ---- expands to ----

#[allow(
    deprecated,
    non_camel_case_types,
    non_upper_case_globals,
    single_use_lifetimes,
    trivial_bounds,
    unreachable_patterns,
    unused_qualifications,
    clippy::redundant_closure,
    clippy::trait_duplication_in_bounds,
    clippy::type_repetition_in_bounds,
    clippy::use_self,
    clippy::restriction
)]
const _: () = {
    use ::byte_stream::__private as __bs;
    __bs::byte_stream! {
        () (Nothing) () () [] '__pin(unsafe) { Self {} } [] (()) []
    }
    __bs::views! {
        { (impl < >) (Nothing where) [] } stream tokio futures body
    }
};
