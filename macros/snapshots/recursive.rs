//! What names the type itself is not asked for a bound: it would depend on itself.

#[derive(ByteStream)]
enum Tree<S> {
    Leaf(S),
    Branch(#[byte_stream(source)] Box<Self>, #[byte_stream(source)] Box<Tree<S>>),
}

// ---- expands to ----

#[allow(..)]
const _: () = {
    use ::byte_stream::__private as __bs;
    __bs::byte_stream! {
        (S,) (Tree < S >) () (S : __bs::ByteStream,) [] '__pin(unsafe) { Self::Leaf { 0 :
        __f0, } } [__f0 : [S];] (__bs::Left(__f0)) { Self::Branch { 0 : __f0, 1 : __f1, }
        } [__f0 : (Box < Self >) __byte_stream_source_0; __f1 : (Box < Tree < S > >)
        __byte_stream_source_1;] (__bs::Right((__f0, __f1))) [fn __byte_stream_source_0()
        -> impl __bs::Source < Box < Self > > { __bs::source:: < Box < Self > > () } fn
        __byte_stream_source_1() -> impl __bs::Source < Box < Tree < S > > > {
        __bs::source:: < Box < Tree < S > > > () }]
    }
    __bs::views! {
        { (impl < S, >) (Tree < S > where Self : __bs::ByteStream,) [] } stream tokio
        futures body
    }
};
