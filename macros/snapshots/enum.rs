//! The usual: a choice between two sources that name a parameter, and nothing.

#[derive(ByteStream)]
enum Upload<S, R: AsyncRead> {
    Stream(FromStream<S>),
    File { name: String, #[byte_stream(source)] file: FromRead<R> },
    Nothing,
}

// ---- expands to ----

#[allow(..)]
const _: () = {
    use ::byte_stream::__private as __bs;
    __bs::byte_stream! {
        (S, R : AsyncRead,) (Upload < S, R >) () (FromStream < S > : __bs::ByteStream,
        FromRead < R > : __bs::ByteStream,) [] '__pin(unsafe) { Self::Stream { 0 : __f0,
        } } [__f0 : [FromStream < S >];] (__bs::Left(__f0)) { Self::File { file : __f1,
        .. } } [__f1 : [FromRead < R >];] (__bs::Right(__bs::Left(__f1))) { Self::Nothing
        {} } [] (__bs::Right(__bs::Right(()))) []
    }
    __bs::views! {
        { (impl < S, R : AsyncRead, >) (Upload < S, R > where Self : __bs::ByteStream,)
        [] } stream tokio futures body
    }
};
