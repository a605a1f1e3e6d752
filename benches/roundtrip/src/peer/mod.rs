//! The example `roundtrip`, written with tokio-util.

pub(crate) mod client;
pub(crate) mod coding;
pub(crate) mod server;

/// How much a reader has in hand, and how much a chunk of a stream holds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Buffers {
    pub(crate) reader: usize,
    pub(crate) stream: usize,
}

impl Buffers {
    /// What `BufReader` and `ReaderStream` come with.
    pub(crate) const DEFAULT: Buffers = Buffers { reader: 8 * 1024, stream: 4 * 1024 };

    pub(crate) const fn of(size: usize) -> Buffers {
        Buffers { reader: size, stream: size }
    }
}
