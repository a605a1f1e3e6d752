//! The projection of an enum is matched on, so it stands beside it.

#[derive(ByteStream)]
#[byte_stream(only(tokio), project = PartProjection)]
enum Part<R> {
    File(#[byte_stream(source)] R, usize),
    Text { text: Bytes },
    End,
}

// ---- expands to ----

#[allow(..)]
enum PartProjection<'__pin, R> {
    File(::byte_stream::__private::Pin<&'__pin mut R>, &'__pin mut usize),
    Text { text: ::byte_stream::__private::Pin<&'__pin mut Bytes> },
    End,
}
#[allow(..)]
const _: () = {
    use ::byte_stream::__private as __bs;
    impl<R> Part<R> {
        /// The sources, pinned, and the other fields.
        #[inline]
        fn project<'__pin>(
            self: __bs::Pin<&'__pin mut Self>,
        ) -> PartProjection<'__pin, R> {
            unsafe {
                match __bs::Pin::get_unchecked_mut(self) {
                    Self::File { 0: __f0, 1: __f1 } => {
                        let __f0 = __bs::Pin::new_unchecked(__f0);
                        PartProjection::File {
                            0: __f0,
                            1: __f1,
                        }
                    }
                    Self::Text { text: __f0 } => {
                        let __f0 = __bs::Pin::new_unchecked(__f0);
                        PartProjection::Text { text: __f0 }
                    }
                    Self::End {} => PartProjection::End {},
                }
            }
        }
    }
    __bs::byte_stream! {
        (R,) (Part < R >) () (R : __bs::ByteStream,) [] '__pin(unsafe) { Self::File { 0 :
        __f0, .. } } [__f0 : [R];] (__bs::Left(__f0)) { Self::Text { text : __f0, } }
        [__f0 : (Bytes) __byte_stream_source_0;] (__bs::Right(__bs::Left(__f0))) {
        Self::End {} } [] (__bs::Right(__bs::Right(()))) [fn __byte_stream_source_0() ->
        impl __bs::Source < Bytes > { __bs::source:: < Bytes > () }]
    }
    __bs::asked::tokio! {}
    __bs::views! {
        { (impl < R, >) (Part < R > where Self : __bs::ByteStream,) [] } tokio
    }
};
