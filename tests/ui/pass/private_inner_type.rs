//! A private type inside a public wrapper is no leak.
#![deny(warnings, missing_docs, private_bounds, private_interfaces, rust_2018_idioms, unreachable_pub)]
#![forbid(unsafe_code)]

use byte_stream::{ByteStream, FromBufRead};

/// Public.
#[derive(ByteStream)]
pub struct Decoder<R>(Inner<R>);

#[derive(ByteStream)]
enum Inner<R> {
    Identity(FromBufRead<R>),
}

impl<R: tokio::io::AsyncBufRead> Decoder<R> {
    /// Makes one.
    pub fn new(reader: R) -> Self {
        Decoder(Inner::Identity(reader.into()))
    }
}

fn main() {
    let _ = Decoder::new(&b"x"[..]);
}
