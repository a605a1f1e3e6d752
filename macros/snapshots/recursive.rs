//! What names the type itself is not asked for a bound: it would depend on itself.

#[derive(ByteStream)]
enum Tree<S> {
    Leaf(S),
    Branch(#[byte_stream(source)] Box<Self>, #[byte_stream(source)] Box<Tree<S>>),
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
    impl<S> Tree<S>
    where
        S: __bs::ByteStream,
    {
        #[inline]
        fn __byte_stream_pinned<'__pin>(
            self: __bs::Pin<&'__pin mut Self>,
        ) -> impl __bs::Pinned<'__pin> + use<'__pin, S> {
            unsafe {
                match __bs::Pin::get_unchecked_mut(self) {
                    Self::Leaf { 0: __f0 } => {
                        let __f0 = __bs::Pin::new_unchecked(__f0);
                        __bs::Either::Left(
                            __bs::Source::pinned(__bs::source::<S>(), __f0),
                        )
                    }
                    Self::Branch { 0: __f0, 1: __f1 } => {
                        let __f0 = __bs::Pin::new_unchecked(__f0);
                        let __f1 = __bs::Pin::new_unchecked(__f1);
                        __bs::Either::Right((
                            __bs::Source::pinned(Self::__byte_stream_source_0(), __f0),
                            __bs::Source::pinned(Self::__byte_stream_source_1(), __f1),
                        ))
                    }
                }
            }
        }
        #[inline]
        fn __byte_stream_shared<'__pin>(
            &'__pin self,
        ) -> impl __bs::Shared + use<'__pin, S> {
            match self {
                Self::Leaf { 0: __f0 } => {
                    __bs::Either::Left(__bs::Source::shared(__bs::source::<S>(), __f0))
                }
                Self::Branch { 0: __f0, 1: __f1 } => {
                    __bs::Either::Right((
                        __bs::Source::shared(Self::__byte_stream_source_0(), __f0),
                        __bs::Source::shared(Self::__byte_stream_source_1(), __f1),
                    ))
                }
            }
        }
        fn __byte_stream_source_0() -> impl __bs::Source<Box<Self>> + use<S> {
            __bs::source::<Box<Self>>()
        }
        fn __byte_stream_source_1() -> impl __bs::Source<Box<Tree<S>>> + use<S> {
            __bs::source::<Box<Tree<S>>>()
        }
    }
    #[automatically_derived]
    impl<'__pin, S> __bs::Unpin for Tree<S>
    where
        __bs::PinGuard<'__pin, (S, Box<Self>, Box<Tree<S>>)>: __bs::Unpin,
    {}
    #[automatically_derived]
    impl<S> __bs::MustNotImplementDrop for Tree<S> {}
    __bs::byte_stream! {
        (impl < S >) (Tree < S > where S : __bs::ByteStream) []
    }
    __bs::views! {
        { (impl < S >) (Tree < S > where Self : __bs::ByteStream) [] } stream tokio
        futures body
    }
};
