//! The bounds are written, and so is the path to the runtime.

#[derive(ByteStream)]
#[byte_stream(bound(C: Connection), crate = facade::streams, skip(futures))]
struct Response<C: Connection>(C::Body);

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
    use facade::streams::__private as __bs;
    __bs::byte_stream! {
        (C : Connection,) (Response < C >) () (C : Connection,) [] '__pin(unsafe) { Self
        { 0 : __f0, } } [__f0 : (C::Body) __byte_stream_source_0;] (__f0) [fn
        __byte_stream_source_0() -> impl __bs::Source < C::Body > { __bs::source:: <
        C::Body > () }]
    }
    __bs::views! {
        { (impl < C : Connection, >) (Response < C > where Self : __bs::ByteStream,) [] }
        stream tokio body
    }
};
