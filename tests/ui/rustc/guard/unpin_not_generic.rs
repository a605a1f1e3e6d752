//! A type without parameters has the guard too.
use byte_stream::{ByteStream, FromRead};
use std::marker::PhantomPinned;

#[derive(ByteStream)]
#[byte_stream(bound())]
struct Pinned(Option<FromRead<tokio::io::Empty>>, #[byte_stream(source)] (), PhantomPinned);

impl Unpin for Pinned {}

fn main() {}
