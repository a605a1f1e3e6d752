//! The choices are halved, and one variant streams nothing that it holds.

#[derive(ByteStream)]
enum Four {
    A(Bytes),
    B(Bytes, #[byte_stream(source)] Bytes),
    C { c: Bytes },
    #[byte_stream(empty)]
    D(Bytes, String),
}

// ---- expands to ----

#[allow(..)]
const _: () = {
    use ::byte_stream::__private as __bs;
    __bs::byte_stream! {
        () (Four) () () [] '__pin(unsafe) { Self::A { 0 : __f0, } } [__f0 : (Bytes)
        __byte_stream_source_0;] (__bs::Left(__bs::Left(__f0))) { Self::B { 1 : __f1, ..
        } } [__f1 : (Bytes) __byte_stream_source_1;] (__bs::Left(__bs::Right(__f1))) {
        Self::C { c : __f0, } } [__f0 : (Bytes) __byte_stream_source_2;]
        (__bs::Right(__bs::Left(__f0))) { Self::D { .. } } []
        (__bs::Right(__bs::Right(()))) [fn __byte_stream_source_0() -> impl __bs::Source
        < Bytes > { __bs::source:: < Bytes > () } fn __byte_stream_source_1() -> impl
        __bs::Source < Bytes > { __bs::source:: < Bytes > () } fn
        __byte_stream_source_2() -> impl __bs::Source < Bytes > { __bs::source:: < Bytes
        > () }]
    }
    __bs::views! {
        { (impl < >) (Four where) [] } stream tokio futures body
    }
};
