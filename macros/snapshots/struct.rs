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
        fn __byte_stream_pinned(self: __bs::Pin<&mut Self>) -> impl __bs::Pinned<'_> {
            unsafe {
                match __bs::Pin::get_unchecked_mut(self) {
                    Self { 0: __f0 } => {
                        <Bytes as __bs::Source>::pinned(__bs::Pin::new_unchecked(__f0))
                    }
                }
            }
        }
        #[inline]
        fn __byte_stream_shared(&self) -> impl __bs::Shared {
            match self {
                Self { 0: __f0 } => <Bytes as __bs::Source>::shared(__f0),
            }
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
