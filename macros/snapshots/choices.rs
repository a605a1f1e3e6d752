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
    impl Four {
        #[inline]
        fn __byte_stream_pinned<'__pin>(
            self: __bs::Pin<&'__pin mut Self>,
        ) -> impl __bs::Pinned<'__pin> + use<'__pin> {
            unsafe {
                match __bs::Pin::get_unchecked_mut(self) {
                    Self::A { 0: __f0 } => {
                        let __f0 = __bs::Pin::new_unchecked(__f0);
                        __bs::Either::Left(
                            __bs::Either::Left(
                                __bs::Source::pinned(Self::__byte_stream_source_0(), __f0),
                            ),
                        )
                    }
                    Self::B { 1: __f1, .. } => {
                        let __f1 = __bs::Pin::new_unchecked(__f1);
                        __bs::Either::Left(
                            __bs::Either::Right(
                                __bs::Source::pinned(Self::__byte_stream_source_1(), __f1),
                            ),
                        )
                    }
                    Self::C { c: __f0 } => {
                        let __f0 = __bs::Pin::new_unchecked(__f0);
                        __bs::Either::Right(
                            __bs::Either::Left(
                                __bs::Source::pinned(Self::__byte_stream_source_2(), __f0),
                            ),
                        )
                    }
                    Self::D { .. } => __bs::Either::Right(__bs::Either::Right(())),
                }
            }
        }
        #[inline]
        fn __byte_stream_shared<'__pin>(
            &'__pin self,
        ) -> impl __bs::Shared + use<'__pin> {
            match self {
                Self::A { 0: __f0 } => {
                    __bs::Either::Left(
                        __bs::Either::Left(
                            __bs::Source::shared(Self::__byte_stream_source_0(), __f0),
                        ),
                    )
                }
                Self::B { 1: __f1, .. } => {
                    __bs::Either::Left(
                        __bs::Either::Right(
                            __bs::Source::shared(Self::__byte_stream_source_1(), __f1),
                        ),
                    )
                }
                Self::C { c: __f0 } => {
                    __bs::Either::Right(
                        __bs::Either::Left(
                            __bs::Source::shared(Self::__byte_stream_source_2(), __f0),
                        ),
                    )
                }
                Self::D { .. } => __bs::Either::Right(__bs::Either::Right(())),
            }
        }
        fn __byte_stream_source_0() -> impl __bs::Source<Bytes> + use<> {
            __bs::source::<Bytes>()
        }
        fn __byte_stream_source_1() -> impl __bs::Source<Bytes> + use<> {
            __bs::source::<Bytes>()
        }
        fn __byte_stream_source_2() -> impl __bs::Source<Bytes> + use<> {
            __bs::source::<Bytes>()
        }
    }
    #[automatically_derived]
    impl<'__pin> __bs::Unpin for Four
    where
        __bs::PinGuard<'__pin, (Bytes, Bytes, Bytes)>: __bs::Unpin,
    {}
    #[automatically_derived]
    impl __bs::MustNotImplementDrop for Four {}
    __bs::byte_stream! {
        (impl) (Four) []
    }
    __bs::views! {
        { (impl) (Four) [] } stream tokio futures body
    }
};
