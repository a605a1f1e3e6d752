//! One source whose type names no parameter: nothing is asked of it.

#[derive(ByteStream)]
pub struct Page(Bytes);

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
        () (Page) () () [] '__pin(unsafe) { Self { 0 : __f0, } } [__f0 : (Bytes)
        __byte_stream_source_0;] (__f0) [fn __byte_stream_source_0() -> impl __bs::Source
        < Bytes > { __bs::source:: < Bytes > () }]
    }
    __bs::views! {
        { (impl < >) (Page where) [] } stream tokio futures body
    }
};
