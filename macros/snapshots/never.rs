//! No value of it will ever be asked for its form.

#[derive(ByteStream)]
enum Never {}

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
    impl Never {
        #[inline]
        fn __byte_stream_pinned<'__pin>(
            self: __bs::Pin<&'__pin mut Self>,
        ) -> impl __bs::Pinned<'__pin> + use<'__pin> {
            unsafe { __bs::EMPTY }
        }
        #[inline]
        fn __byte_stream_shared<'__pin>(
            &'__pin self,
        ) -> impl __bs::Shared + use<'__pin> {
            __bs::EMPTY
        }
    }
    #[automatically_derived]
    impl<'__pin> __bs::Unpin for Never
    where
        __bs::PinGuard<'__pin, ()>: __bs::Unpin,
    {}
    #[automatically_derived]
    impl __bs::MustNotImplementDrop for Never {}
    __bs::byte_stream! {
        (impl) (Never) []
    }
    __bs::views! {
        { (impl) (Never) [] } stream tokio futures body
    }
};
