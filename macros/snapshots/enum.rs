//! The usual: a choice between two sources that name a parameter, and nothing.

#[derive(ByteStream)]
enum Upload<S, R: AsyncRead> {
    Stream(FromStream<S>),
    File { name: String, #[byte_stream(source)] file: FromRead<R> },
    Nothing,
}

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
    use ::byte_stream::__private as __bs;
    impl<S, R: AsyncRead> Upload<S, R>
    where
        FromStream<S>: __bs::ByteStream,
        FromRead<R>: __bs::ByteStream,
    {
        #[inline]
        fn __byte_stream_pinned<'__pin>(
            self: __bs::Pin<&'__pin mut Self>,
        ) -> impl __bs::Pinned<'__pin> + use<'__pin, S, R> {
            unsafe {
                match __bs::Pin::get_unchecked_mut(self) {
                    Self::Stream { 0: __f0 } => {
                        let __f0 = __bs::Pin::new_unchecked(__f0);
                        __bs::Either::Left(
                            __bs::Source::pinned(__bs::source::<FromStream<S>>(), __f0),
                        )
                    }
                    Self::File { file: __f1, .. } => {
                        let __f1 = __bs::Pin::new_unchecked(__f1);
                        __bs::Either::Right(
                            __bs::Either::Left(
                                __bs::Source::pinned(__bs::source::<FromRead<R>>(), __f1),
                            ),
                        )
                    }
                    Self::Nothing {} => __bs::Either::Right(__bs::Either::Right(())),
                }
            }
        }
        #[inline]
        fn __byte_stream_shared<'__pin>(
            &'__pin self,
        ) -> impl __bs::Shared + use<'__pin, S, R> {
            match self {
                Self::Stream { 0: __f0 } => {
                    __bs::Either::Left(
                        __bs::Source::shared(__bs::source::<FromStream<S>>(), __f0),
                    )
                }
                Self::File { file: __f1, .. } => {
                    __bs::Either::Right(
                        __bs::Either::Left(
                            __bs::Source::shared(__bs::source::<FromRead<R>>(), __f1),
                        ),
                    )
                }
                Self::Nothing {} => __bs::Either::Right(__bs::Either::Right(())),
            }
        }
    }
    #[automatically_derived]
    impl<'__pin, S, R: AsyncRead> __bs::Unpin for Upload<S, R>
    where
        __bs::PinGuard<'__pin, (FromStream<S>, FromRead<R>)>: __bs::Unpin,
    {}
    #[automatically_derived]
    impl<S, R: AsyncRead> __bs::MustNotImplementDrop for Upload<S, R> {}
    __bs::byte_stream! {
        (impl < S, R : AsyncRead >) (Upload < S, R > where FromStream < S > :
        __bs::ByteStream, FromRead < R > : __bs::ByteStream) []
    }
    __bs::views! {
        { (impl < S, R : AsyncRead >) (Upload < S, R > where Self : __bs::ByteStream) []
        } stream tokio futures body
    }
};
