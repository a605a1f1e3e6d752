//! The bounds are written, and so is the path to the runtime.

#[derive(ByteStream)]
#[byte_stream(bound(C: Connection), crate = facade::streams, skip(futures))]
struct Response<C: Connection>(C::Body);

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
    use facade::streams::__private as __bs;
    impl<C: Connection> Response<C>
    where
        C: Connection,
    {
        #[inline]
        fn __byte_stream_pinned<'__pin>(
            self: __bs::Pin<&'__pin mut Self>,
        ) -> impl __bs::Pinned<'__pin> + use<'__pin, C> {
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
        ) -> impl __bs::Shared + use<'__pin, C> {
            match self {
                Self { 0: __f0 } => {
                    __bs::Source::shared(Self::__byte_stream_source_0(), __f0)
                }
            }
        }
        fn __byte_stream_source_0() -> impl __bs::Source<C::Body> + use<C> {
            __bs::source::<C::Body>()
        }
    }
    #[automatically_derived]
    impl<'__pin, C: Connection> __bs::Unpin for Response<C>
    where
        __bs::PinGuard<'__pin, (C::Body,)>: __bs::Unpin,
    {}
    #[automatically_derived]
    impl<C: Connection> __bs::MustNotImplementDrop for Response<C> {}
    __bs::byte_stream! {
        (impl < C : Connection >) (Response < C > where C : Connection) []
    }
    __bs::views! {
        { (impl < C : Connection >) (Response < C > where Self : __bs::ByteStream) [] }
        stream tokio body
    }
};
