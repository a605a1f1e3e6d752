//! Projections.

use std::pin::Pin;

use byte_stream::ByteStream;
use bytes::Bytes;

/// A struct.
#[derive(Debug, ByteStream)]
#[byte_stream(project)]
pub struct Counted<S> {
    #[byte_stream(source)]
    source: S,
    seen: usize,
}

#[cfg(not(bare))]
impl<S: ByteStream> Counted<S> {
    /// Makes one.
    pub const fn new(source: S) -> Self {
        Self { source, seen: 0 }
    }

    /// Whether there is nothing left.
    #[must_use]
    pub fn look(self: Pin<&mut Self>) -> bool {
        let this = self.project();
        *this.seen += 1;
        this.source.state().is_over()
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

#[cfg(not(bare))]
impl<S: ByteStream> Which<S> {
    /// Whether there is nothing left.
    #[must_use]
    pub fn is_over(self: Pin<&mut Self>) -> bool {
        match self.project() {
            WhichProjection::Body { body, .. } | WhichProjection::Pair(body, _) => body.state().is_over(),
            WhichProjection::Lone(body) => body.state().is_over(),
            WhichProjection::Nothing => true,
        }
    }
}
