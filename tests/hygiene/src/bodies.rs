//! Inside of functions, where paths end.

#[test]
fn a_type_is_declared_inside_of_a_function() {
    impostors!();

    #[derive(::byte_stream::ByteStream)]
    #[byte_stream(project = LocalProjection, error = LocalError)]
    enum Local<S> {
        Body(S),
        Named {
            #[byte_stream(source)]
            body: Inner,
            other: (),
        },
    }

    #[derive(::byte_stream::ByteStream)]
    #[byte_stream(project)]
    struct Inner {
        #[byte_stream(source)]
        body: ::bytes::Bytes,
        other: (),
    }

    #[derive(::byte_stream::StreamError)]
    struct LocalError(::std::io::Error);

    impl ::core::fmt::Debug for LocalError {
        fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
            ::core::fmt::Debug::fmt(&self.0, f)
        }
    }

    impl ::core::fmt::Display for LocalError {
        fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
            ::core::fmt::Display::fmt(&self.0, f)
        }
    }

    impl ::std::error::Error for LocalError {}

    let body = Inner { body: ::bytes::Bytes::from_static(b"a"), other: () };
    let (local, other): (Local<::bytes::Bytes>, _) =
        (Local::Named { body, other: () }, Local::Body(::byte_stream::stream!["b"]));
    ::byte_stream::assert_bytes!(local, b"a");
    ::byte_stream::assert_bytes!(other, b"b");
}

fn generic<T: ::byte_stream::ByteStream>(outer: T) -> impl ::byte_stream::ByteStream {
    impostors!();

    // A type inside of a generic function cannot name its parameter, but may have one that is called the same.
    #[derive(::byte_stream::ByteStream)]
    struct Local<T>(T);

    Local(outer)
}

#[test]
fn a_type_is_declared_inside_of_a_generic_function_and_a_block() {
    let block = {
        #[derive(::byte_stream::ByteStream)]
        struct Block(::bytes::Bytes);

        Block(::bytes::Bytes::from_static(b"a"))
    };
    ::byte_stream::assert_bytes!(generic(block), b"a");
}
