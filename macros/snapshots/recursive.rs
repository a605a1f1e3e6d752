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
        fn __byte_stream_pinned(self: __bs::Pin<&mut Self>) -> impl __bs::Pinned<'_> {
            unsafe {
                match __bs::Pin::get_unchecked_mut(self) {
                    Self::Leaf { 0: __f0 } => {
                        __bs::Either::Left(
                            <S as __bs::Source>::pinned(__bs::Pin::new_unchecked(__f0)),
                        )
                    }
                    Self::Branch { 0: __f0, 1: __f1 } => {
                        __bs::Either::Right((
                            <Box<
                                Self,
                            > as __bs::Source>::pinned(__bs::Pin::new_unchecked(__f0)),
                            <Box<
                                Tree<S>,
                            > as __bs::Source>::pinned(__bs::Pin::new_unchecked(__f1)),
                        ))
                    }
                }
            }
        }
        #[inline]
        fn __byte_stream_shared(&self) -> impl __bs::Shared {
            match self {
                Self::Leaf { 0: __f0 } => {
                    __bs::Either::Left(<S as __bs::Source>::shared(__f0))
                }
                Self::Branch { 0: __f0, 1: __f1 } => {
                    __bs::Either::Right((
                        <Box<Self> as __bs::Source>::shared(__f0),
                        <Box<Tree<S>> as __bs::Source>::shared(__f1),
                    ))
                }
            }
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
