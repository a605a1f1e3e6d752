//! Declared by a macro, from fragments of every kind, and deprecated.

impostors!();

macro_rules! declare {
    (
        $(#[$attribute:meta])*
        $vis:vis $name:ident<$lifetime:lifetime, $parameter:ident: $bound:path, $const:ident> $source:ty;
        $marked:tt $argument:meta $field:ident $other:ty, $error:ty, $krate:path, $literal:literal, $count:expr
    ) => {
        $(#[$attribute])*
        #[derive(::byte_stream::ByteStream)]
        #[byte_stream(project = Projection, error = $error, crate = $krate)]
        $vis struct $name<$lifetime, $parameter: $bound, const $const: ::core::primitive::usize> {
            #[$argument]
            $vis $field: $source,
            $vis other: (&$lifetime $other, $parameter, [(); $const]),
        }

        #[derive(::byte_stream::ByteStream)]
        enum Variants<$parameter> {
            $marked($source),
            Parameter($parameter),
            #[allow(dead_code)]
            Named { #[$argument] $field: ::core::option::Option<$source> },
        }

        fn literal() -> impl ::byte_stream::ByteStream {
            ::byte_stream::stream![$literal, $literal * { $count }, { $literal }]
        }

    };
}

declare! {
    /// Made of fragments.
    #[allow(clippy::all)]
    pub(crate) Declared<'a, T: ::core::marker::Copy, N> ::byte_stream::FromRead<&'static [::core::primitive::u8]>;
    Marked byte_stream(source) field dyn ::core::any::Any, ::std::io::Error, ::byte_stream, "text", 1 + 1
}

/// The derive itself comes from a macro, too, and the whole item through another.
macro_rules! attributes {
    ([$($attribute:tt)*] $item:item) => { $($attribute)* $item };
}

attributes! {
    [#[derive(::byte_stream::ByteStream)] #[byte_stream(only(stream))]]
    struct Passed<S>(S);
}

macro_rules! types {
    ($($name:ident = $ty:ty),*) => {
        #[derive(::byte_stream::ByteStream)]
        enum Types { $($name($ty),)* }

        #[derive(::byte_stream::StreamError)]
        enum Errors {
            #[stream_error(other)]
            Other(::std::io::Error),
            $(#[stream_error(kind = TimedOut)] $name { field: $ty },)*
        }
    };
}

types!(Bytes = ::bytes::Bytes, Option = ::core::option::Option<::bytes::Bytes>, Unit = ());

impl ::core::fmt::Debug for Errors {
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::core::fmt::Formatter::write_str(f, "failure")
    }
}

impl ::core::fmt::Display for Errors {
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::core::fmt::Debug::fmt(self, f)
    }
}

impl ::std::error::Error for Errors {}

/// Deprecated, and made of what is.
#[deprecated]
#[derive(::byte_stream::ByteStream)]
#[byte_stream(project = OldProjection, error = OldError, only(stream, tokio, futures, body))]
#[allow(deprecated, reason = "so are its sources")]
pub(crate) enum Old<T> {
    #[deprecated]
    Lone(OldSource),
    Named {
        #[deprecated]
        #[byte_stream(source)]
        body: T,
        #[deprecated]
        other: OldSource,
    },
}

#[deprecated]
#[derive(::byte_stream::ByteStream)]
#[byte_stream(project)]
pub(crate) struct OldSource {
    #[deprecated]
    #[byte_stream(source)]
    body: ::bytes::Bytes,
    other: (),
}

#[deprecated]
#[derive(::byte_stream::StreamError)]
pub(crate) enum OldError {
    #[deprecated]
    #[stream_error(kind = TimedOut)]
    Slow,
    #[deprecated]
    #[stream_error(from)]
    From(::core::num::ParseIntError),
    #[stream_error(other)]
    Other {
        #[deprecated]
        inner: ::std::io::Error,
    },
}

#[allow(deprecated, reason = "this is by hand")]
const _: () = {
    impl ::core::fmt::Debug for OldError {
        fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
            ::core::fmt::Formatter::write_str(f, "failure")
        }
    }

    impl ::core::fmt::Display for OldError {
        fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
            ::core::fmt::Debug::fmt(self, f)
        }
    }

    impl ::std::error::Error for OldError {}
};
