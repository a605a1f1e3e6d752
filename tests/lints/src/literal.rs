//! `stream!`.

use byte_stream::{StreamLiteral, stream};
use bytes::Bytes;

/// Written out, in a constant.
pub const fn written() -> StreamLiteral<6> {
    const WRITTEN: StreamLiteral<6> = stream!["text", b"bytes" * 3, pending, pending * 2, "rest", error(TimedOut)];
    WRITTEN
}

/// Made of expressions.
pub fn made(chunk: Bytes, times: usize) -> StreamLiteral<3> {
    stream![
        { chunk } * { times + 1 },
        { format!("{times}") },
        trailers { "x-times": "many", "x-count": { times } },
    ]
}
