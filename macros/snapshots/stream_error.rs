//! Errors that are told apart, and one that takes every other.

#[derive(StreamError)]
enum FetchError {
    #[stream_error(kind = TimedOut)]
    Slow,
    #[stream_error(from)]
    Http(reqwest::Error),
    #[stream_error(other)]
    Io { source: std::io::Error },
}

// ---- expands to ----

#[allow(..)]
const _: () = {
    use ::byte_stream::__private as __bs;
    #[automatically_derived]
    impl __bs::StreamError for FetchError
    where
        FetchError: __bs::derived::Payload,
    {
        fn from_io(__error: __bs::std::io::Error) -> Self {
            <Self as __bs::derived::Payload>::take(__error)
                .or_else(|__error| {
                    <reqwest::Error as __bs::derived::Payload>::take_source(__error)
                        .map(|__source| Self::Http { 0: __source })
                })
                .unwrap_or_else(|__error| Self::Io {
                    source: <std::io::Error as __bs::derived::CatchAll>::catch(__error),
                })
        }
        fn into_io(self) -> __bs::std::io::Error {
            match self {
                __error @ Self::Slow { .. } => {
                    <Self as __bs::derived::Payload>::carried_as(
                        __error,
                        __bs::std::io::ErrorKind::TimedOut,
                    )
                }
                Self::Http { 0: __source } => {
                    __bs::derived::released(
                        __source,
                        __bs::derived::release_source,
                        <reqwest::Error as __bs::derived::Payload>::kind,
                        |__source| Self::Http { 0: __source },
                    )
                }
                Self::Io { source: __source } => {
                    __bs::derived::released(
                        __source,
                        <std::io::Error as __bs::derived::CatchAll>::release,
                        <std::io::Error as __bs::derived::CatchAll>::kind,
                        |__source| Self::Io { source: __source },
                    )
                }
                __error => <Self as __bs::derived::Payload>::carried(__error),
            }
        }
    }
    #[automatically_derived]
    impl __bs::core::convert::From<FetchError> for __bs::std::io::Error
    where
        FetchError: __bs::derived::Payload,
    {
        fn from(__error: FetchError) -> Self {
            <FetchError as __bs::StreamError>::into_io(__error)
        }
    }
};
