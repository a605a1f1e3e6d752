//! Every kind of parameter, as it was written, and one that is called like what would be invented.

#[derive(ByteStream)]
struct Borrowed<'__pin: 'b, 'b, S, const N: usize = 3>
where
    S: Iterator + ?Sized,
{
    #[byte_stream(source)]
    iter: FromIter<Chunks<'b, S, N>>,
    name: &'__pin str,
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
    impl<'__pin: 'b, 'b, S, const N: usize> Borrowed<'__pin, 'b, S, N>
    where
        S: Iterator + ?Sized,
        FromIter<Chunks<'b, S, N>>: __bs::ByteStream,
    {
        #[inline]
        fn __byte_stream_pinned<'__pin_>(
            self: __bs::Pin<&'__pin_ mut Self>,
        ) -> impl __bs::Pinned<'__pin_> + use<'__pin_, '__pin, 'b, S, N> {
            unsafe {
                match __bs::Pin::get_unchecked_mut(self) {
                    Self { iter: __f0, .. } => {
                        let __f0 = __bs::Pin::new_unchecked(__f0);
                        __bs::Source::pinned(
                            __bs::source::<FromIter<Chunks<'b, S, N>>>(),
                            __f0,
                        )
                    }
                }
            }
        }
        #[inline]
        fn __byte_stream_shared<'__pin_>(
            &'__pin_ self,
        ) -> impl __bs::Shared + use<'__pin_, '__pin, 'b, S, N> {
            match self {
                Self { iter: __f0, .. } => {
                    __bs::Source::shared(
                        __bs::source::<FromIter<Chunks<'b, S, N>>>(),
                        __f0,
                    )
                }
            }
        }
    }
    #[automatically_derived]
    impl<'__pin_, '__pin: 'b, 'b, S, const N: usize> __bs::Unpin
    for Borrowed<'__pin, 'b, S, N>
    where
        S: Iterator + ?Sized,
        __bs::PinGuard<'__pin_, (FromIter<Chunks<'b, S, N>>,)>: __bs::Unpin,
    {}
    #[automatically_derived]
    impl<'__pin: 'b, 'b, S, const N: usize> __bs::MustNotImplementDrop
    for Borrowed<'__pin, 'b, S, N>
    where
        S: Iterator + ?Sized,
    {}
    __bs::byte_stream! {
        (impl < '__pin : 'b, 'b, S, const N : usize >) (Borrowed < '__pin, 'b, S, N >
        where S : Iterator + ? Sized, FromIter < Chunks < 'b, S, N > > :
        __bs::ByteStream) []
    }
    __bs::views! {
        { (impl < '__pin : 'b, 'b, S, const N : usize >) (Borrowed < '__pin, 'b, S, N >
        where S : Iterator + ? Sized, Self : __bs::ByteStream) [] } stream tokio futures
        body
    }
};
