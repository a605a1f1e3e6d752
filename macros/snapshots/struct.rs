//! One source whose type names no parameter: nothing is asked of it.

#[derive(ByteStream)]
pub struct Page(Bytes);

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
    impl Page {
        #[inline]
        fn __byte_stream_pinned<'__pin>(
            self: __bs::Pin<&'__pin mut Self>,
        ) -> impl __bs::Pinned<'__pin> + use<'__pin> {
            unsafe {
                match __bs::Pin::get_unchecked_mut(self) {
                    Self { 0: __f0 } => {
                        let __f0 = __bs::Pin::new_unchecked(__f0);
                        __bs::Source::pinned(Self::__byte_stream_source_0(), __f0)
                    }
                }
            }
        }
        #[inline]
        fn __byte_stream_shared<'__pin>(
            &'__pin self,
        ) -> impl __bs::Shared + use<'__pin> {
            match self {
                Self { 0: __f0 } => {
                    __bs::Source::shared(Self::__byte_stream_source_0(), __f0)
                }
            }
        }
        fn __byte_stream_source_0() -> impl __bs::Source<Bytes> + use<> {
            __bs::source::<Bytes>()
        }
    }
    #[automatically_derived]
    impl<'__pin> __bs::Unpin for Page
    where
        __bs::PinGuard<'__pin, (Bytes,)>: __bs::Unpin,
    {}
    #[automatically_derived]
    impl __bs::MustNotImplementDrop for Page {}
    __bs::byte_stream! {
        (impl) (Page) []
    }
    __bs::views! {
        { (impl) (Page) [] } stream tokio futures body
    }
};
