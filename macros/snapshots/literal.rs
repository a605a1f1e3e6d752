//! Every step.

stream![b"bytes", "text" * 3, { chunk } * { n }, pending, pending * 2, trailers { "x-crc": "1" }, error(ConnectionReset)];

stream![trailers { "x-crc": "1", "x-sum": { sum } }, error({ Broken }), hang];

stream![panic];

// ---- expands to ----

const _: _ = ::byte_stream::__private::StreamLiteral::new([
    ::byte_stream::__private::Step::Chunk(
        ::byte_stream::__private::bytes::Bytes::from_static(b"bytes"),
    ),
    ::byte_stream::__private::Step::Repeat(
        ::byte_stream::__private::bytes::Bytes::from_static(
            ::byte_stream::__private::core::primitive::str::as_bytes("text"),
        ),
        3,
    ),
    ::byte_stream::__private::Step::Repeat(
        ::byte_stream::__private::core::convert::Into::<
            ::byte_stream::__private::bytes::Bytes,
        >::into({ chunk }),
        { n },
    ),
    ::byte_stream::__private::Step::Pending(1),
    ::byte_stream::__private::Step::Pending(2),
    ::byte_stream::__private::literal_trailers! {
        ::byte_stream::__private::Step::Fields(& [("x-crc", "1")])
    },
    ::byte_stream::__private::Step::Error(
        ::byte_stream::__private::std::io::ErrorKind::ConnectionReset,
    ),
]);
const _: _ = ::byte_stream::__private::StreamLiteral::new([
    ::byte_stream::__private::literal_trailers! {
        ::byte_stream::__private::Step::Trailers(::byte_stream::__private::trailers::of([("x-crc",
        ::byte_stream::__private::trailers::written("1")), ("x-sum",
        ::byte_stream::__private::trailers::value({ sum }))]))
    },
    ::byte_stream::__private::Step::Fail(
        ::byte_stream::__private::core::convert::Into::<
            ::byte_stream::__private::BoxError,
        >::into({ Broken }),
    ),
    ::byte_stream::__private::Step::Hang,
]);
const _: _ = ::byte_stream::__private::StreamLiteral::new([
    ::byte_stream::__private::Step::Panic,
]);
