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
    impl<S> Multipart<S>
    where
        S: __bs::ByteStream,
    {
        #[inline]
        fn __byte_stream_pinned<'__pin>(
            self: __bs::Pin<&'__pin mut Self>,
        ) -> impl __bs::Pinned<'__pin> + use<'__pin, S> {
            unsafe {
                match __bs::Pin::get_unchecked_mut(self) {
                    Self { head: __f1, part: __f2, next: __f3, tail: __f4, .. } => {
                        let __f1 = __bs::Pin::new_unchecked(__f1);
                        let __f2 = __bs::Pin::new_unchecked(__f2);
                        let __f3 = __bs::Pin::new_unchecked(__f3);
                        let __f4 = __bs::Pin::new_unchecked(__f4);
                        (
                            (
                                __bs::Source::pinned(Self::__byte_stream_source_0(), __f1),
                                __bs::Source::pinned(__bs::source::<S>(), __f2),
                            ),
                            (
                                __bs::Source::pinned(__bs::source::<S>(), __f3),
                                __bs::Source::pinned(Self::__byte_stream_source_1(), __f4),
                            ),
                        )
                    }
                }
            }
        }
        #[inline]
        fn __byte_stream_shared<'__pin>(
            &'__pin self,
        ) -> impl __bs::Shared + use<'__pin, S> {
            match self {
                Self { head: __f1, part: __f2, next: __f3, tail: __f4, .. } => {
                    (
                        (
                            __bs::Source::shared(Self::__byte_stream_source_0(), __f1),
                            __bs::Source::shared(__bs::source::<S>(), __f2),
                        ),
                        (
                            __bs::Source::shared(__bs::source::<S>(), __f3),
                            __bs::Source::shared(Self::__byte_stream_source_1(), __f4),
                        ),
                    )
                }
            }
        }
        fn __byte_stream_source_0() -> impl __bs::Source<Bytes> + use<S> {
            __bs::source::<Bytes>()
        }
        fn __byte_stream_source_1() -> impl __bs::Source<Bytes> + use<S> {
            __bs::source::<Bytes>()
        }
    }
    #[automatically_derived]
    impl<'__pin, S> __bs::Unpin for Multipart<S>
    where
        __bs::PinGuard<'__pin, (Bytes, S, S, Bytes)>: __bs::Unpin,
    {}
    #[automatically_derived]
    impl<S> __bs::MustNotImplementDrop for Multipart<S> {}
    __bs::byte_stream! {
        (impl < S >) (Multipart < S > where S : __bs::ByteStream) []
    }
    __bs::views! {
        { (impl < S >) (Multipart < S > where Self : __bs::ByteStream) [] } stream tokio
        futures body
    }
};
