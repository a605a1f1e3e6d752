//! How a projection is used: without the derives there is none.

#[cfg(not(bare))]
use std::pin::Pin;

#[cfg(not(bare))]
use byte_stream::ByteStream;

#[cfg(not(bare))]
use super::{Counted, Which, WhichProjection};

#[cfg(not(bare))]
impl<S: ByteStream> Counted<S> {
    /// Whether there is nothing left.
    #[must_use]
    pub fn look(self: Pin<&mut Self>) -> bool {
        let this = self.project();
        *this.seen += 1;
        this.source.state().is_over()
    }
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
