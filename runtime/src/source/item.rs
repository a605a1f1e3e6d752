//! What an item of a foreign stream may be.

use std::any::Any;
use std::io;

use bytes::{Bytes, BytesMut};

use crate::error::{BoxError, carry};

/// An item of a stream or an iterator: a chunk, or the result of one.
///
/// It is a `Result<B, E>` with `B: Into<Bytes> + 'static` and an error that boxes, or one of the plain chunk types `Bytes`, `BytesMut`,
/// `Vec<u8>`, `String`, `&'static [u8]`, `&'static str`, `Box<[u8]>`. The trait is sealed.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a chunk of bytes, nor the result of one",
    label = "the items of this stream are no chunks",
    note = "a chunk is `Bytes`, `BytesMut`, `Vec<u8>`, `String`, `&'static [u8]`, `&'static str` or `Box<[u8]>`",
    note = "or a `Result<B, E>` with `B: Into<Bytes>` and `E: Into<Box<dyn Error + Send + Sync>>`"
)]
pub trait StreamItem: sealed::Sealed {
    #[doc(hidden)]
    fn into_chunk(self) -> io::Result<Bytes>;

    /// The bytes, where they can be looked at in place, or none. To move an item that has just been written costs more than to
    /// copy a small chunk out of it.
    #[doc(hidden)]
    fn look(&self) -> &[u8];
}

mod sealed {
    pub trait Sealed {}
}

impl<B, E> sealed::Sealed for Result<B, E> {}

impl<B: Into<Bytes> + 'static, E: Into<BoxError>> StreamItem for Result<B, E> {
    #[inline]
    fn into_chunk(self) -> io::Result<Bytes> {
        match self {
            Ok(chunk) => Ok(chunk.into()),
            Err(error) => Err(carry(error)),
        }
    }

    #[inline]
    fn look(&self) -> &[u8] {
        match self {
            Ok(chunk) => look(chunk),
            Err(_) => &[],
        }
    }
}

macro_rules! plain_chunks {
    ($($chunk:ty),* $(,)?) => {
        $(
            impl sealed::Sealed for $chunk {}

            impl StreamItem for $chunk {
                #[inline]
                fn into_chunk(self) -> io::Result<Bytes> {
                    Ok(self.into())
                }

                #[inline]
                fn look(&self) -> &[u8] {
                    self.as_ref()
                }
            }
        )*

        /// The bytes of a chunk that is one of these types.
        #[inline]
        fn look<B: 'static>(chunk: &B) -> &[u8] {
            let chunk: &dyn Any = chunk;
            $(
                if let Some(chunk) = chunk.downcast_ref::<$chunk>() {
                    return chunk.as_ref();
                }
            )*
            &[]
        }
    };
}

plain_chunks!(Bytes, BytesMut, Vec<u8>, String, &'static [u8], &'static str, Box<[u8]>);
