//! Four sources, one after another. Bounds are asked of what names a parameter, once each.

#[derive(ByteStream)]
struct Multipart<S> {
    boundary: String,
    #[byte_stream(source)]
    head: Bytes,
    #[byte_stream(source)]
    part: S,
    #[byte_stream(source)]
    next: S,
    #[byte_stream(source)]
    tail: Bytes,
}

// ---- expands to ----

#[allow(..)]
const _: () = {
    use ::byte_stream::__private as __bs;
    __bs::byte_stream! {
        (S,) (Multipart < S >) () (S : __bs::ByteStream,) [] '__pin(unsafe) { Self { head
        : __f1, part : __f2, next : __f3, tail : __f4, .. } } [__f1 : (Bytes)
        __byte_stream_source_0; __f2 : [S]; __f3 : [S]; __f4 : (Bytes)
        __byte_stream_source_1;] (((__f1, __f2), (__f3, __f4))) [fn
        __byte_stream_source_0() -> impl __bs::Source < Bytes > { __bs::source:: < Bytes
        > () } fn __byte_stream_source_1() -> impl __bs::Source < Bytes > {
        __bs::source:: < Bytes > () }]
    }
    __bs::views! {
        { (impl < S, >) (Multipart < S > where Self : __bs::ByteStream,) [] } stream
        tokio futures body
    }
};
