//! Not for one type of a parameter either, which cannot be `Unpin`.
use byte_stream::{ByteStream, FromRead};
use std::marker::PhantomPinned;

#[derive(ByteStream)]
struct Unpinned<S> {
    body: S,
}

struct NotUnpin(PhantomPinned);

impl Unpin for Unpinned<FromRead<NotUnpin>> {}

fn main() {}
