//! `stream!` and the assertions stand in a `const`, a `static`, a generic function and another macro, and see nothing that is in scope.
#![no_implicit_prelude]
#![deny(warnings)]

mod std {}
mod core {}

const CONST: ::byte_stream::StreamLiteral<2> = ::byte_stream::stream!["a", pending];
static STATIC: ::byte_stream::StreamLiteral<1> = ::byte_stream::stream![b"a" * 3];

macro_rules! nested {
    ($literal:literal, $kind:ident, $times:expr, $chunk:expr, $word:tt) => {
        ::byte_stream::stream![$literal, $literal * $times, { $chunk } * { 1 + 1 }, $word, error($kind)]
    };
}

fn stream<S: ::byte_stream::ByteStream>(stream: S) {
    ::byte_stream::assert_bytes!(stream, b"a");
}

fn reader<S: ::tokio::io::AsyncRead>(reader: S) {
    ::byte_stream::assert_bytes!(reader, b"a");
}

fn borrowed<S: ::byte_stream::ByteStream + ::std::marker::Unpin>(stream: &mut S) {
    ::byte_stream::assert_chunks!(stream, ["a"]);
}

fn made<T: ::std::convert::Into<::bytes::Bytes>>(chunk: T) -> ::byte_stream::StreamLiteral<1> {
    ::byte_stream::stream![{ chunk }]
}

fn main() {
    let _ = &STATIC;
    stream(CONST);
    reader(CONST);
    borrowed(&mut { CONST });
    stream(made("a"));
    ::byte_stream::assert_bytes!(::std::pin::pin!(CONST).as_mut(), "a");
    let boxed: ::std::boxed::Box<dyn ::byte_stream::ByteStream + ::std::marker::Unpin> = ::std::boxed::Box::new(CONST);
    ::byte_stream::assert_bytes!(boxed, "a");
    let pinned: ::std::pin::Pin<::std::boxed::Box<dyn ::byte_stream::ByteStream>> = ::std::boxed::Box::pin(CONST);
    ::byte_stream::assert_bytes!(pinned, "a");
    let dynamic: &mut (dyn ::byte_stream::ByteStream + ::std::marker::Unpin) = &mut { CONST };
    ::byte_stream::assert_bytes!(dynamic, "a");
    ::byte_stream::assert_error!(nested!("x", TimedOut, 2, "yz", pending), after "xxxyzyz", TimedOut);
}
