//! Types that hold themselves, and bounds that are true of everything.

impostors!();

#[derive(::byte_stream::ByteStream)]
#[byte_stream(only(stream, tokio, futures, body))]
enum Nested {
    Leaf(::bytes::Bytes),
    Node(::std::boxed::Box<Nested>),
    Both(
        #[byte_stream(source)] ::std::boxed::Box<Self>,
        #[byte_stream(source)] ::core::pin::Pin<::std::boxed::Box<Nested>>,
    ),
}

#[derive(::byte_stream::ByteStream)]
#[byte_stream(only(stream, tokio, futures, body), project)]
struct List<S> {
    #[byte_stream(source)]
    head: S,
    #[byte_stream(source)]
    rest: ::core::option::Option<::core::pin::Pin<::std::boxed::Box<List<S>>>>,
}

/// One holds the other.
#[derive(::byte_stream::ByteStream)]
enum Even {
    Zero,
    Next(::std::boxed::Box<Odd>),
}

#[derive(::byte_stream::ByteStream)]
struct Odd(::std::boxed::Box<Even>);

/// Bounds that no parameter makes false.
#[derive(::byte_stream::ByteStream)]
#[byte_stream(bound(::bytes::Bytes: ::byte_stream::ByteStream))]
#[allow(trivial_bounds, reason = "it is written here")]
struct Trivial(::bytes::Bytes)
where
    ::bytes::Bytes: ::core::clone::Clone,
    (): ::core::marker::Copy;

/// Its only parameter is a lifetime.
#[derive(::byte_stream::ByteStream)]
#[byte_stream(error = ::std::io::Error)]
struct Lifetime<'a> {
    body: ::byte_stream::FromBufRead<&'a [::core::primitive::u8]>,
}

#[test]
fn a_tree_streams_its_leaves() {
    let leaf = |bytes: &'static [::core::primitive::u8]| {
        ::std::boxed::Box::new(Nested::Leaf(::bytes::Bytes::from_static(bytes)))
    };
    let both = Nested::Both(leaf(b"a"), ::std::boxed::Box::into_pin(leaf(b"b")));
    ::byte_stream::assert_bytes!(Nested::Node(::std::boxed::Box::new(both)), b"ab");
}
