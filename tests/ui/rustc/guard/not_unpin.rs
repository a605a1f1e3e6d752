//! A type is `Unpin` only if all of its sources are.
use byte_stream::{ByteStream, FromRead};
use std::marker::PhantomPinned;

#[derive(ByteStream)]
enum Pinned<S> {
    Body(#[byte_stream(source)] Option<FromRead<S>>, #[byte_stream(source)] ()),
    Nothing,
}

fn is_unpin<T: Unpin>() {}

fn main() {
    is_unpin::<Pinned<PhantomPinned>>();
}
