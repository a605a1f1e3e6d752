//! What is done with a stream, call by call.

use std::fmt;

/// A way to get at the bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Way {
    /// [`poll_chunk`](crate::ByteStream::poll_chunk).
    Chunk,
    /// [`poll_peek`](crate::ByteStream::poll_peek) and [`consume_peeked`](crate::ByteStream::consume_peeked).
    Peek,
    /// [`poll_read_into`](crate::ByteStream::poll_read_into).
    ReadInto,
    /// `Stream`.
    Stream,
    /// tokio's `AsyncRead`.
    TokioRead,
    /// tokio's `AsyncBufRead`.
    TokioBufRead,
    /// futures' `AsyncRead`.
    FuturesRead,
    /// futures' `AsyncRead` into several buffers, of which one has no room.
    FuturesReadVectored,
    /// futures' `AsyncBufRead`.
    FuturesBufRead,
    /// `http_body::Body`.
    Body,
}

impl Way {
    /// The sizes that one way by itself is tried with.
    pub(super) fn sizes(self) -> &'static [usize] {
        match self {
            Way::Stream | Way::Body => &[usize::MAX],
            _ => &[1, 7, 4096],
        }
    }
}

/// What the call is like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Manner {
    Plain,
    /// Peeks twice; reads into an empty buffer first; asks for the trailers before an item.
    Twice,
    /// Drops the future if it is `Pending`, and consumes nothing of what is lent.
    Dropped,
}

/// One call: at most `size` bytes, where the way has a size.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Call {
    pub(super) way: Way,
    pub(super) size: usize,
    pub(super) manner: Manner,
}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.way)?;
        if !matches!(self.way, Way::Stream | Way::Body) {
            write!(f, "({})", self.size)?;
        }
        match self.manner {
            Manner::Plain => Ok(()),
            Manner::Twice => f.write_str(" twice"),
            Manner::Dropped => f.write_str(" dropped"),
        }
    }
}

/// Numbers that look random and are the same for the same seed: `SplitMix64` (Steele, Lea, Flood: Fast splittable pseudorandom
/// number generators, 2014).
pub(super) struct Random(u64);

impl Random {
    pub(super) fn new(seed: u64) -> Self {
        Random(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        let n = u64::try_from(n).expect("a length fits into 64 bits");
        usize::try_from(self.next() % n).expect("it is below a `usize`")
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }

    /// A few calls, mixed.
    pub(super) fn calls(&mut self, ways: &[Way]) -> Vec<Call> {
        const MOST: usize = 24;
        // Sizes that straddle small chunks, and ones that hold several.
        const SIZES: [usize; 8] = [1, 2, 3, 7, 16, 100, 4096, 10_000];
        const MANNERS: [Manner; 4] = [Manner::Plain, Manner::Plain, Manner::Twice, Manner::Dropped];
        let n = 1 + self.below(MOST);
        let call = |_| Call { way: self.pick(ways), size: self.pick(&SIZES), manner: self.pick(&MANNERS) };
        (0..n).map(call).collect()
    }
}
