//! The projection of a struct is private to the block.

#[derive(ByteStream)]
#[byte_stream(only(tokio), project)]
struct Seekable<R> {
    #[byte_stream(source)]
    file: R,
    seeks: usize,
}

// ---- expands to ----

#[allow(..)]
const _: () = {
    use ::byte_stream::__private as __bs;
    #[allow(..)]
    struct __Projection<'__pin, R> {
        file: ::byte_stream::__private::Pin<&'__pin mut R>,
        seeks: &'__pin mut usize,
    }
    impl<R> Seekable<R> {
        /// The sources, pinned, and the other fields.
        #[inline]
        fn project<'__pin>(
            self: __bs::Pin<&'__pin mut Self>,
        ) -> __Projection<'__pin, R> {
            unsafe {
                match __bs::Pin::get_unchecked_mut(self) {
                    Self { file: __f0, seeks: __f1 } => {
                        let __f0 = __bs::Pin::new_unchecked(__f0);
                        __Projection {
                            file: __f0,
                            seeks: __f1,
                        }
                    }
                }
            }
        }
    }
    __bs::byte_stream! {
        (R,) (Seekable < R >) () (R : __bs::ByteStream,) [] '__pin(unsafe) { Self { file
        : __f0, .. } } [__f0 : [R];] (__f0) []
    }
    __bs::asked::tokio! {}
    __bs::views! {
        { (impl < R, >) (Seekable < R > where Self : __bs::ByteStream,) [] } tokio
    }
};
