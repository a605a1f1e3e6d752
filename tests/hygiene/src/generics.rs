//! Every kind of parameter, and what can be said of one.

use ::core::marker::PhantomData;

impostors!();

#[derive(::byte_stream::ByteStream)]
#[byte_stream(only(stream, tokio, futures, body))]
struct Const<const N: ::core::primitive::usize, const IS: ::core::primitive::bool>(::byte_stream::StreamLiteral<N>);

/// A source that is made of a lifetime, a type and a constant.
#[derive(::byte_stream::ByteStream)]
#[byte_stream(project)]
struct Mixed<'a: 'b, 'b, S, T: 'a + ?::core::marker::Sized, const N: ::core::primitive::usize>
where
    S: ::core::clone::Clone,
    &'a T: ::core::marker::Copy,
{
    #[byte_stream(source)]
    array: ::byte_stream::FromIter<::core::array::IntoIter<::core::result::Result<S, ::std::io::Error>, N>>,
    rest: (&'a T, &'b ()),
}

#[derive(::byte_stream::ByteStream)]
#[byte_stream(project = DefaultsProjection)]
struct Defaults<S = ::bytes::Bytes, const N: ::core::primitive::usize = 3> {
    #[byte_stream(source)]
    source: S,
    rest: [::core::primitive::u8; N],
}

#[derive(::byte_stream::ByteStream)]
struct Unsized<S: ?::core::marker::Sized>(::std::boxed::Box<S>)
where
    ::std::boxed::Box<S>: ::core::marker::Sized;

/// What it ends in has no size.
#[derive(::byte_stream::ByteStream)]
#[byte_stream(project)]
struct Tail<S: ?::core::marker::Sized> {
    #[byte_stream(source)]
    head: ::bytes::Bytes,
    name: (),
    #[byte_stream(source)]
    tail: S,
}

#[derive(::byte_stream::ByteStream)]
struct HigherRanked<F, S>(#[byte_stream(source)] S, F)
where
    for<'a> F: ::core::ops::Fn(&'a [::core::primitive::u8]) -> &'a [::core::primitive::u8],
    F: for<'a> ::core::ops::Fn(&'a [::core::primitive::u8]) -> &'a [::core::primitive::u8];

#[derive(::byte_stream::ByteStream)]
struct Dyn<'a>(::core::pin::Pin<::std::boxed::Box<dyn ::byte_stream::ByteStream + ::core::marker::Send + 'a>>);

#[derive(::byte_stream::ByteStream)]
struct Borrowed<'a, S: ?::core::marker::Sized>(&'a mut S);

trait Connection {
    type Body<'a>
    where
        Self: 'a;
}

#[derive(::byte_stream::ByteStream)]
struct Projected<'a, C: Connection + 'a>(C::Body<'a>);

#[derive(::byte_stream::ByteStream)]
enum QualifiedProjection<C>
where
    C: ::core::iter::Iterator,
{
    Item(<C as ::core::iter::Iterator>::Item),
    Nothing,
}

/// The bounds are enough for what the type says of itself.
#[derive(::byte_stream::ByteStream)]
#[byte_stream(bound(S: ::byte_stream::ByteStream, E: ::core::marker::Send), error = E)]
struct Bound<S, E: ::byte_stream::StreamError>(#[byte_stream(source)] S, PhantomData<E>);

#[test]
fn what_ends_in_something_without_a_size_streams() {
    let mut tail = ::std::pin::pin!(Tail {
        head: ::bytes::Bytes::from_static(b"a"),
        name: (),
        tail: ::byte_stream::stream![b"b"]
    });
    let tail: ::core::pin::Pin<&mut Tail<dyn ::byte_stream::ByteStream>> = ::core::pin::Pin::as_mut(&mut tail);
    ::byte_stream::assert_bytes!(tail, b"ab");
}
