//! Buffers that a read can own.
#![allow(
    unsafe_code,
    reason = "the traits say what the kernel relies on, and nothing here touches memory by a pointer"
)]

use std::fmt;

use bytes::buf::UninitSlice;
use bytes::{BufMut, BytesMut};

pub use bytes::buf::Limit;

/// A buffer that a read can own while the kernel writes into it.
///
/// It is a [`BufMut`] whose room is where it is: a read appends into the spare room and never makes more of it. `buf.limit(n)`, a
/// [`Limit`], is the same buffer with less room.
///
/// A buffer need not be `Send`; a future that owns it is `Send` only if the buffer is.
///
/// # Safety
///
/// Whoever implements this promises, of every value, as long as no method with `&mut self` is called on it:
///
/// - The memory that [`filled`](Self::filled) and [`chunk_mut`](BufMut::chunk_mut) lend stays where it is when the value is moved or
///   forgotten, and nobody else reads or writes it. So a kernel may write there while the value lies in a future.
/// - If [`spare`](Self::spare) is not 0, [`chunk_mut`](BufMut::chunk_mut) lends at least so many bytes, directly behind those that are
///   filled, and moves nothing; to lend it again lends the same memory.
/// - [`advance_mut`](BufMut::advance_mut) adds to what is filled, and to nothing else.
pub unsafe trait IoBufMut: BufMut + Unpin + 'static {
    /// What has been read.
    fn filled(&self) -> &[u8];

    /// How many bytes can be read into it.
    fn spare(&self) -> usize;
}

// SAFETY: the memory is on the heap and belongs to the vector alone. `chunk_mut` lends its spare capacity, and allocates only if
// there is none.
unsafe impl IoBufMut for Vec<u8> {
    fn filled(&self) -> &[u8] {
        self
    }

    fn spare(&self) -> usize {
        self.capacity() - self.len()
    }
}

// SAFETY: the memory is on the heap, and a `BytesMut` is the only one to see its part of it, spare capacity included. `chunk_mut` lends
// the spare capacity, and allocates only if there is none.
unsafe impl IoBufMut for BytesMut {
    fn filled(&self) -> &[u8] {
        self
    }

    fn spare(&self) -> usize {
        self.capacity() - self.len()
    }
}

// SAFETY: it lends what the buffer in it lends, which keeps the promise, or the front part of that.
unsafe impl<B: IoBufMut> IoBufMut for Limit<B> {
    fn filled(&self) -> &[u8] {
        self.get_ref().filled()
    }

    fn spare(&self) -> usize {
        self.get_ref().spare().min(self.limit())
    }
}

/// A buffer of a fixed size, and how far it is filled.
///
/// # Examples
///
/// ```
/// use byte_stream::owned::{FixedBuf, IoBufMut, OwnedRead};
/// use byte_stream::stream;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let mut body = stream!["hello, world"];
/// let (read, mut buf) = body.read_owned(FixedBuf::new(5)).await;
/// assert_eq!((read.unwrap(), buf.filled(), buf.spare()), (5, &b"hello"[..], 0));
///
/// buf.clear();
/// let (read, buf) = body.read_owned(buf).await;
/// assert_eq!((read.unwrap(), buf.filled()), (5, &b", wor"[..]));
/// # }
/// ```
#[derive(Clone)]
pub struct FixedBuf {
    memory: Box<[u8]>,
    filled: usize,
}

impl FixedBuf {
    /// An empty buffer with room for so many bytes.
    #[must_use]
    pub fn new(size: usize) -> Self {
        Self::from(vec![0; size].into_boxed_slice())
    }

    /// Forgets what is filled, so that there is room for the whole size.
    pub fn clear(&mut self) {
        self.filled = 0;
    }

    /// The memory, all of it, and how much of it is filled.
    #[must_use]
    pub fn into_parts(self) -> (Box<[u8]>, usize) {
        (self.memory, self.filled)
    }
}

impl From<Box<[u8]>> for FixedBuf {
    /// An empty buffer in this memory.
    fn from(memory: Box<[u8]>) -> Self {
        FixedBuf { memory, filled: 0 }
    }
}

impl fmt::Debug for FixedBuf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FixedBuf").field("filled", &self.filled).field("size", &self.memory.len()).finish()
    }
}

// SAFETY: `remaining_mut` is what is left of the memory, and `chunk_mut` lends just that, initialised.
unsafe impl BufMut for FixedBuf {
    fn remaining_mut(&self) -> usize {
        self.memory.len() - self.filled
    }

    unsafe fn advance_mut(&mut self, n: usize) {
        assert!(n <= self.remaining_mut(), "{n} bytes were filled, but there was room for {}", self.remaining_mut());
        self.filled += n;
    }

    fn chunk_mut(&mut self) -> &mut UninitSlice {
        UninitSlice::new(&mut self.memory[self.filled..])
    }
}

// SAFETY: the memory is on the heap, belongs to the buffer alone, and is never exchanged.
unsafe impl IoBufMut for FixedBuf {
    fn filled(&self) -> &[u8] {
        &self.memory[..self.filled]
    }

    fn spare(&self) -> usize {
        self.remaining_mut()
    }
}
