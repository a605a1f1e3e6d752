//! One source whose type names no parameter: nothing is asked of it.

#[derive(ByteStream)]
pub struct Page(Bytes);

// ---- expands to ----

#[allow(..)]
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
