//! Types, variants, fields and parameters that are called like something in an expansion, or like nothing that may stand there.

use ::byte_stream::FromRead;
use ::core::marker::PhantomData;

impostors!();

/// Every name is a keyword.
#[allow(non_camel_case_types, non_upper_case_globals, reason = "keywords are lower case")]
#[derive(::byte_stream::ByteStream)]
#[byte_stream(project = r#dyn)]
enum r#type<'r#impl, r#fn, const r#const: ::core::primitive::usize> {
    r#match {
        #[byte_stream(source)]
        r#struct: r#fn,
        r#mod: &'r#impl [::core::primitive::u8; r#const],
    },
    r#loop(FromRead<r#fn>),
    r#move(#[byte_stream(source)] r#fn, r#struct),
    #[byte_stream(empty)]
    r#while(r#struct),
}

#[allow(non_camel_case_types, reason = "keywords are lower case")]
#[derive(::byte_stream::ByteStream)]
#[byte_stream(project)]
struct r#struct {
    #[byte_stream(source)]
    r#in: ::bytes::Bytes,
    r#as: ::core::primitive::usize,
}

#[allow(non_camel_case_types, reason = "keywords are lower case")]
#[derive(::byte_stream::StreamError)]
enum r#enum {
    #[stream_error(kind = r#TimedOut)]
    r#where,
    #[stream_error(from)]
    r#for { r#in: ::core::num::ParseIntError },
    #[stream_error(other)]
    r#let(::std::io::Error),
}

/// Its variants are called like the associated types of the views.
#[derive(::byte_stream::ByteStream)]
#[byte_stream(only(stream, tokio, futures, body))]
enum Associated {
    Item(::bytes::Bytes),
    Data(::bytes::Bytes),
    Error(::bytes::Bytes),
    Buffer(::bytes::Bytes),
    Left(::bytes::Bytes),
    Right(::bytes::Bytes),
}

#[cfg(target_os = "linux")]
#[derive(::byte_stream::ByteStream)]
#[byte_stream(compio_0_10, monoio_0_2)]
enum AssociatedOwned {
    Buffer(::bytes::Bytes),
    Output(::bytes::Bytes),
}

/// Its fields are called like the variables.
#[derive(::byte_stream::ByteStream)]
#[byte_stream(project = VariablesProjection)]
struct Variables {
    #[byte_stream(source)]
    __f1: ::bytes::Bytes,
    #[byte_stream(source)]
    __f0: ::bytes::Bytes,
    __cx: (),
    this: (),
}

/// Its parameters are called like those of the expansion.
#[derive(::byte_stream::ByteStream)]
#[byte_stream(project = ParametersProjection)]
struct Parameters<'__pin, '__ref, '__pin_, __B, __B_, T, S, L, R, const N: ::core::primitive::usize>
where
    '__pin: '__ref,
{
    #[byte_stream(source)]
    a: __B,
    #[byte_stream(source)]
    b: __B_,
    rest: (&'__pin [T; N], &'__ref S, &'__pin_ (L, R)),
}

#[cfg(target_os = "linux")]
#[derive(::byte_stream::ByteStream)]
#[byte_stream(compio_0_10, monoio_0_2, error = __E)]
struct ParametersOwned<'__pin, __B, __B_, __E>(#[byte_stream(source)] __B, &'__pin (__B_, __E));

#[derive(::byte_stream::ByteStream)]
#[byte_stream(project)]
struct Unnamed<__Projection, __Projection_>(#[byte_stream(source)] __Projection, __Projection_);

#[derive(::byte_stream::ByteStreamViews)]
#[byte_stream(crate = ::byte_stream)]
struct Inherent(PhantomData<()>);

/// The core is by hand: whoever means the trait does not get the method.
impl Inherent {
    fn poll_chunk(&self) {}
    fn poll_peek(&self) {}
    fn state(&self) {}
}

impl ::byte_stream::ByteStream for Inherent {
    fn poll_chunk(
        self: ::core::pin::Pin<&mut Self>,
        _: &mut ::core::task::Context<'_>,
        _: ::core::primitive::usize,
    ) -> ::core::task::Poll<::core::option::Option<::std::io::Result<::bytes::Bytes>>> {
        ::core::task::Poll::Ready(::core::option::Option::None)
    }

    fn poll_peek(
        self: ::core::pin::Pin<&mut Self>,
        _: &mut ::core::task::Context<'_>,
    ) -> ::core::task::Poll<::std::io::Result<&[::core::primitive::u8]>> {
        ::core::task::Poll::Ready(::core::result::Result::Ok(&[]))
    }

    fn consume_peeked(self: ::core::pin::Pin<&mut Self>, _: ::core::primitive::usize) {}

    fn state(&self) -> ::byte_stream::State {
        ::byte_stream::State::Ended
    }

    fn bytes_left(&self) -> (::core::primitive::u64, ::core::option::Option<::core::primitive::u64>) {
        (0, ::core::option::Option::Some(0))
    }
}

/// So does a derived core.
#[derive(::byte_stream::ByteStream)]
struct InherentBesideDerived(::bytes::Bytes);

impl InherentBesideDerived {
    fn bytes_left(&self) {}
    fn consume(&self) {}
    fn poll_chunk(&self) {}
    fn poll_peek(&self) {}
    fn poll_read(&self) {}
    fn state(&self) {}
}

impl ::core::fmt::Debug for r#enum {
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::core::fmt::Formatter::write_str(f, "failure")
    }
}

impl ::core::fmt::Display for r#enum {
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::core::fmt::Debug::fmt(self, f)
    }
}

impl ::std::error::Error for r#enum {}
