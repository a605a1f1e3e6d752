//! Asks for views whose features are off.

use byte_stream::ByteStream;

#[derive(ByteStream)]
#[byte_stream(only(stream, futures, body))]
pub struct Wishful(byte_stream::StreamLiteral<1>);
