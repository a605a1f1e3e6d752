//! The bounds are written, and so is the path to the runtime.

#[derive(ByteStream)]
#[byte_stream(bound(C: Connection), crate = facade::streams, skip(futures))]
struct Response<C: Connection>(C::Body);

// ---- expands to ----

#[allow(..)]
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
