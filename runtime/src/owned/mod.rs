//! Reads that own their buffer while they run, as `io_uring` needs them, and streams over readers that work so.
//!
//! The kernel writes into the buffer of a read that is in flight, whatever becomes of the future meanwhile. So a read cannot borrow the
//! buffer: it takes it, and gives it back with what came.
//!
//! - Out: [`OwnedRead`], which every [`ByteStream`] that is `Unpin` has.
//!   `#[byte_stream(compio_0_10)]` and `#[byte_stream(monoio_0_2)]` generate the traits of those runtimes (features `compio-io-0_10` and
//!   `monoio-0_2`), which disagree with each other and change often.
//! - In: [`FromOwned`], a stream over an [`OwnedRead`], over the readers of compio and monoio, and over anything that a closure
//!   can read.

mod buf;
#[cfg(feature = "compio-io-0_10")]
mod compio_0_10;
mod exact;
mod from_owned;
#[cfg(all(feature = "monoio-0_2", unix))]
mod monoio_0_2;
mod read;
mod to_end;

use std::future::Future;
use std::io;

pub use buf::{FixedBuf, IoBufMut, Limit};
pub use exact::ReadExactOwned;
pub use from_owned::{BoxOperation, Finish, FromOwned, InPlace, LocalBoxOperation, Operation};
pub use read::ReadOwned;
pub use to_end::ReadToEndOwned;

use crate::ByteStream;

/// Of a reader whose count is a lie.
const MISCOUNTED: &str = "a reader says that something else came than lies in the buffer";

/// A reader that takes the buffer, and gives it back.
///
/// Every [`ByteStream`] that is `Unpin` is one, and its futures have names ([`ReadOwned`] and the like) and are `Send` where the
/// stream and the buffer are. Its inverse is [`FromOwned`].
///
/// # Cancel safety
///
/// A future of a `ByteStream` that is dropped has taken nothing from the stream, but for what [`read_exact_owned`](Self::read_exact_owned) and
/// [`read_to_end_owned`](Self::read_to_end_owned) have in the buffer, which is dropped with it.
///
/// # Examples
///
/// ```
/// use byte_stream::owned::OwnedRead;
/// use byte_stream::stream;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let mut body = stream!["hello, ", "world"];
/// let mut buf = Vec::with_capacity(32);
/// buf.extend_from_slice(b"> ");
/// let (read, buf) = body.read_owned(buf).await;
/// assert!(read.unwrap() >= 7);
/// assert!(buf.starts_with(b"> hello, "));
/// # }
/// ```
pub trait OwnedRead {
    /// Appends to the spare room of `buf`, and says how much came. What is filled is left alone.
    ///
    /// 0 is the end, or that there is no spare room, and then nothing was asked of the reader. Of a `ByteStream`,
    /// [`state`](ByteStream::state) tells the one from the other.
    ///
    /// # Errors
    ///
    /// The reader's own. The buffer is as it was.
    fn read_owned<B: IoBufMut>(&mut self, buf: B) -> impl Future<Output = (io::Result<usize>, B)>;

    /// Fills the spare room of `buf` to the last byte; with [`Limit`], so many bytes of it.
    ///
    /// # Errors
    ///
    /// The reader's own, `UnexpectedEof` if it ends before, and `InvalidData` if it miscounts. What came before stays in the buffer.
    fn read_exact_owned<B: IoBufMut>(&mut self, buf: B) -> impl Future<Output = (io::Result<()>, B)> {
        exact::read_exact(self, buf)
    }

    /// Appends everything to `buf`, which grows, and says how much that was.
    ///
    /// # Errors
    ///
    /// The reader's own, and `InvalidData` if it miscounts. What came before stays in the buffer.
    fn read_to_end_owned(&mut self, buf: Vec<u8>) -> impl Future<Output = (io::Result<usize>, Vec<u8>)> {
        to_end::read_to_end(self, buf)
    }
}

#[allow(refining_impl_trait, reason = "that the futures have names is a promise")]
impl<S: ByteStream + Unpin + ?Sized> OwnedRead for S {
    fn read_owned<B: IoBufMut>(&mut self, buf: B) -> ReadOwned<'_, Self, B> {
        ReadOwned::new(self, buf)
    }

    fn read_exact_owned<B: IoBufMut>(&mut self, buf: B) -> ReadExactOwned<'_, Self, B> {
        ReadExactOwned::new(self, buf)
    }

    fn read_to_end_owned(&mut self, buf: Vec<u8>) -> ReadToEndOwned<'_, Self> {
        ReadToEndOwned::new(self, buf)
    }
}
