//! Projections.

use byte_stream::ByteStream;
use bytes::Bytes;

mod used;

/// A struct.
#[derive(Debug, ByteStream)]
#[byte_stream(project)]
pub struct Counted<S> {
    #[byte_stream(source)]
    source: S,
    seen: usize,
}

impl<S> Counted<S> {
    /// Makes one.
    pub const fn new(source: S) -> Self {
        Self { source, seen: 0 }
    }
}

/// An enum, of which some fields are not looked at.
#[derive(Debug, ByteStream)]
#[byte_stream(project = WhichProjection)]
pub enum Which<S> {
    /// A source, among other things.
    Body {
        /// The source.
        #[byte_stream(source)]
        body: S,
        /// What it is called.
        name: String,
    },
    /// Without names.
    Pair(#[byte_stream(source)] S, String),
    /// One that is in no other.
    Lone(Bytes),
    /// Nothing.
    Nothing,
}
