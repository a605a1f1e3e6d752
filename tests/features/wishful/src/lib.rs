//! Asks for views and traits whose features are off.

use byte_stream::ByteStream;

#[derive(ByteStream)]
#[byte_stream(only(stream, futures, body), compio_0_10, monoio_0_2)]
pub struct Wishful(byte_stream::StreamLiteral<1>);

pub fn trailers() -> impl ByteStream {
    byte_stream::stream!["hello", trailers { "x-sum": "1" }]
}
