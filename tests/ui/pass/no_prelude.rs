//! Nothing that is in scope where the derive stands can be mistaken for what it names.
#![no_implicit_prelude]
#![deny(warnings)]
#![allow(dead_code, reason = "the names are there to be in the way")]

mod std {}
mod core {}
mod bytes {}
struct Option;
struct Result;
struct Box;
struct Pin;
struct Poll;
struct Stream;
struct Bytes;
struct Error;
struct Either;
trait ByteStream {}
trait Unpin {}

#[derive(::byte_stream::ByteStream)]
struct Sequence<S> {
    #[byte_stream(source)]
    head: ::bytes::Bytes,
    #[byte_stream(source)]
    tail: S,
}

#[deprecated]
#[derive(::byte_stream::ByteStream)]
#[byte_stream(project = old_projection)]
#[allow(non_camel_case_types, reason = "as the type is called")]
struct old_stream {
    body: ::bytes::Bytes,
}

#[derive(::byte_stream::ByteStream)]
#[byte_stream(only(stream, tokio, futures, body), compio_0_10, monoio_0_2, error = ::std::io::Error, project = Projected)]
enum Choice<S> {
    Left(S),
    Right(::bytes::Bytes),
    #[byte_stream(empty)]
    Held(u8, u16),
}

#[derive(::byte_stream::StreamError)]
enum Failure<T>
where
    T: ::std::error::Error + ::std::marker::Send + ::std::marker::Sync + 'static,
{
    #[stream_error(kind = TimedOut)]
    Slow,
    #[stream_error(from)]
    Inner(T),
    #[stream_error(from)]
    Io { source: ::std::io::Error },
    #[stream_error(other)]
    Other(::std::boxed::Box<dyn ::std::error::Error + ::std::marker::Send + ::std::marker::Sync>),
}

#[derive(::byte_stream::StreamError)]
struct Shared(::std::sync::Arc<dyn ::std::error::Error + ::std::marker::Send + ::std::marker::Sync>);

macro_rules! error {
    ([$($generics:tt)*] $error:ty) => {
        impl $($generics)* ::std::fmt::Debug for $error {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Formatter::write_str(f, "failure")
            }
        }

        impl $($generics)* ::std::fmt::Display for $error {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Debug::fmt(self, f)
            }
        }

        impl $($generics)* ::std::error::Error for $error {}
    };
}

error!([<T: ::std::error::Error + ::std::marker::Send + ::std::marker::Sync>] Failure<T>);
error!([] Shared);

fn main() {
    fn is_stream<S: ::byte_stream::ByteStream>(_: &S) {}
    let literal = ::byte_stream::stream![b"bytes", "text", { ::bytes::Bytes::from_static(b"expression") }];
    is_stream(&Sequence { head: ::bytes::Bytes::new(), tail: Choice::Left(literal) });
}
