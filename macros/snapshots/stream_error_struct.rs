//! One error that takes every other.

#[derive(StreamError)]
struct Failure(BoxError);

// ---- expands to ----

#[allow(..)]
const _: () = {
    use ::byte_stream::__private as __bs;
    #[automatically_derived]
    impl __bs::StreamError for Failure
    where
        Failure: __bs::derived::Payload,
    {
        fn from_io(__error: __bs::std::io::Error) -> Self {
            <Self as __bs::derived::Payload>::take(__error)
                .unwrap_or_else(|__error| Self {
                    0: <BoxError as __bs::derived::CatchAll>::catch(__error),
                })
        }
        fn into_io(self) -> __bs::std::io::Error {
            match self {
                Self { 0: __source } => {
                    __bs::derived::released(
                        __source,
                        <BoxError as __bs::derived::CatchAll>::release,
                        <BoxError as __bs::derived::CatchAll>::kind,
                        |__source| Self { 0: __source },
                    )
                }
            }
        }
    }
    #[automatically_derived]
    impl __bs::core::convert::From<Failure> for __bs::std::io::Error
    where
        Failure: __bs::derived::Payload,
    {
        fn from(__error: Failure) -> Self {
            <Failure as __bs::StreamError>::into_io(__error)
        }
    }
};
