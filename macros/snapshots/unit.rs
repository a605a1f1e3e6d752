//! The empty stream.

#[derive(ByteStream)]
struct Nothing;

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
    impl Nothing {
        #[inline]
        fn __byte_stream_pinned<'__pin>(
            self: __bs::Pin<&'__pin mut Self>,
        ) -> impl __bs::Pinned<'__pin> + use<'__pin> {
            unsafe {
                match __bs::Pin::get_unchecked_mut(self) {
                    Self {} => {}
                }
            }
        }
        #[inline]
        fn __byte_stream_shared<'__pin>(
            &'__pin self,
        ) -> impl __bs::Shared + use<'__pin> {
            match self {
                Self {} => {}
            }
        }
    }
    #[automatically_derived]
    impl<'__pin> __bs::Unpin for Nothing
    where
        __bs::PinGuard<'__pin, ()>: __bs::Unpin,
    {}
    #[automatically_derived]
    impl __bs::MustNotImplementDrop for Nothing {}
    __bs::byte_stream! {
        (impl) (Nothing) []
    }
    __bs::views! {
        { (impl) (Nothing) [] } stream tokio futures body
    }
};
