//! The projection of a struct is private to the block.

#[derive(ByteStream)]
#[byte_stream(only(tokio), project)]
struct Seekable<R> {
    #[byte_stream(source)]
    file: R,
    seeks: usize,
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
    #[allow(
        dead_code,
        deprecated,
        non_camel_case_types,
        non_upper_case_globals,
        non_snake_case,
        clippy::restriction
    )]
    struct __Projection<'__pin, R> {
        file: ::byte_stream::__private::Pin<&'__pin mut R>,
        seeks: &'__pin mut usize,
    }
    impl<R> Seekable<R> {
        /// The sources, pinned, and the other fields.
        #[inline]
        fn project<'__pin>(
            self: __bs::Pin<&'__pin mut Self>,
        ) -> __Projection<'__pin, R> {
            unsafe {
                match __bs::Pin::get_unchecked_mut(self) {
                    Self { file: __f0, seeks: __f1 } => {
                        __Projection {
                            file: __bs::Pin::new_unchecked(__f0),
                            seeks: __f1,
                        }
                    }
                }
            }
        }
    }
    __bs::byte_stream! {
        (R,) (Seekable < R >) () (R : __bs::ByteStream,) [] '__pin(unsafe) { Self { file
        : __f0, .. } } [__f0 : [R];] (__f0) []
    }
    __bs::asked::tokio! {}
    __bs::views! {
        { (impl < R, >) (Seekable < R > where Self : __bs::ByteStream,) [] } tokio
    }
};
