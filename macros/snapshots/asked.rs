//! Views that a word asked for: each is checked where the word stands.

#[derive(ByteStream)]
#[byte_stream(only(tokio), compio_0_10, monoio_0_2)]
struct Download<__B>(__B);

// ---- expands to ----

#[allow(..)]
const _: () = {
    use ::byte_stream::__private as __bs;
    __bs::byte_stream! {
        (__B,) (Download < __B >) () (__B : __bs::ByteStream,) [] '__pin(unsafe) { Self {
        0 : __f0, } } [__f0 : [__B];] (__f0) []
    }
    __bs::asked::tokio! {}
    __bs::asked::compio_0_10! {}
    __bs::asked::monoio_0_2! {}
    __bs::views! {
        { (impl < __B, >) (Download < __B > where Self : __bs::ByteStream,) [] } tokio
    }
    __bs::views! {
        { (impl < __B, >) (Download < __B > where Self : __bs::ByteStream + __bs::Unpin,)
        __B_ } compio_0_10 monoio_0_2
    }
};
