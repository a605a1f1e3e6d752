//! An error on the faces: it is mapped by the macros of the runtime.

#[derive(ByteStream)]
#[byte_stream(error = MyError<E>, only(stream, body))]
struct Typed<S, E>(#[byte_stream(source)] S, PhantomData<E>);

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
    impl<S, E> Typed<S, E>
    where
        S: __bs::ByteStream,
        MyError<E>: __bs::StreamError,
    {
        #[inline]
        fn __byte_stream_pinned<'__pin>(
            self: __bs::Pin<&'__pin mut Self>,
        ) -> impl __bs::Pinned<'__pin> + use<'__pin, S, E> {
            unsafe {
                match __bs::Pin::get_unchecked_mut(self) {
                    Self { 0: __f0, .. } => {
                        let __f0 = __bs::Pin::new_unchecked(__f0);
                        __bs::Source::pinned(__bs::source::<S>(), __f0)
                    }
                }
            }
        }
        #[inline]
        fn __byte_stream_shared<'__pin>(
            &'__pin self,
        ) -> impl __bs::Shared + use<'__pin, S, E> {
            match self {
                Self { 0: __f0, .. } => __bs::Source::shared(__bs::source::<S>(), __f0),
            }
        }
    }
    #[automatically_derived]
    impl<'__pin, S, E> __bs::Unpin for Typed<S, E>
    where
        __bs::PinGuard<'__pin, (S,)>: __bs::Unpin,
    {}
    #[automatically_derived]
    impl<S, E> __bs::MustNotImplementDrop for Typed<S, E> {}
    __bs::byte_stream! {
        (impl < S, E >) (Typed < S, E > where S : __bs::ByteStream, MyError < E > :
        __bs::StreamError) [(MyError < E >) (.map_err(| __error | < MyError < E > as
        __bs::StreamError > ::from_io(__error))) (.map_err(| __error | < MyError < E > as
        __bs::StreamError > ::into_io(< MyError < E > as __bs::StreamError >
        ::from_io(__error))))]
    }
    __bs::asked::stream! {}
    __bs::asked::body! {}
    __bs::views! {
        { (impl < S, E >) (Typed < S, E > where Self : __bs::ByteStream, MyError < E > :
        __bs::StreamError) [(MyError < E >) (.map_err(| __error | < MyError < E > as
        __bs::StreamError > ::from_io(__error))) (.map_err(| __error | < MyError < E > as
        __bs::StreamError > ::into_io(< MyError < E > as __bs::StreamError >
        ::from_io(__error))))] } stream body
    }
};
