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

#[derive(::byte_stream::ByteStream)]
#[byte_stream(only(stream, tokio, futures, body), error = ::std::io::Error, project = Projected)]
enum Choice<S> {
    Left(S),
    Right(::bytes::Bytes),
    #[byte_stream(empty)]
    Held(u8, u16),
}

fn main() {
    fn is_stream<S: ::byte_stream::ByteStream>(_: &S) {}
    let literal = ::byte_stream::stream![b"bytes", "text", { ::bytes::Bytes::from_static(b"expression") }];
    is_stream(&Sequence { head: ::bytes::Bytes::new(), tail: Choice::Left(literal) });
}
