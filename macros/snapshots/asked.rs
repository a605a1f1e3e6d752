//! Views that a word asked for: each is checked where the word stands.

#[derive(ByteStream)]
#[byte_stream(only(tokio), compio_0_10, monoio_0_2)]
struct Download<__B>(__B);

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
    impl<__B> Download<__B>
    where
        __B: __bs::ByteStream,
    {
        #[inline]
        fn __byte_stream_pinned<'__pin>(
            self: __bs::Pin<&'__pin mut Self>,
        ) -> impl __bs::Pinned<'__pin> + use<'__pin, __B> {
            unsafe {
                match __bs::Pin::get_unchecked_mut(self) {
                    Self { 0: __f0 } => {
                        let __f0 = __bs::Pin::new_unchecked(__f0);
                        __bs::Source::pinned(__bs::source::<__B>(), __f0)
                    }
                }
            }
        }
        #[inline]
        fn __byte_stream_shared<'__pin>(
            &'__pin self,
        ) -> impl __bs::Shared + use<'__pin, __B> {
            match self {
                Self { 0: __f0 } => __bs::Source::shared(__bs::source::<__B>(), __f0),
            }
        }
    }
    #[automatically_derived]
    impl<'__pin, __B> __bs::Unpin for Download<__B>
    where
        __bs::PinGuard<'__pin, (__B,)>: __bs::Unpin,
    {}
    #[automatically_derived]
    impl<__B> __bs::MustNotImplementDrop for Download<__B> {}
    __bs::byte_stream! {
        (impl < __B >) (Download < __B > where __B : __bs::ByteStream) []
    }
    __bs::asked::tokio! {}
    __bs::asked::compio_0_10! {}
    __bs::asked::monoio_0_2! {}
    __bs::views! {
        { (impl < __B >) (Download < __B > where Self : __bs::ByteStream) [] } tokio
    }
    __bs::views! {
        { (impl < __B >) (Download < __B > where Self : __bs::ByteStream + __bs::Unpin)
        __B_ } compio_0_10 monoio_0_2
    }
};
