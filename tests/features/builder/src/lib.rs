//! Runs at build time, and has every view.

use byte_stream::{ByteStream, stream};

#[derive(ByteStream)]
#[byte_stream(only(stream, tokio, futures, body))]
struct EveryView(byte_stream::StreamLiteral<1>);

#[derive(ByteStream)]
struct WhateverIsOn(EveryView);

/// Panics if something is missing.
pub fn check() {
    assert_eq!(WhateverIsOn(EveryView(stream!["build"])).bytes_left(), (5, Some(5)));
}
