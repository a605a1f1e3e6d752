//! compio's readers as sources, as of compio-io 0.10.

use compio_buf_0_8::BufResult;
use compio_io_0_10::AsyncRead;

use super::{FromOwned, Operation};

impl<R: AsyncRead> FromOwned<R, ()> {
    /// Wraps a reader of compio's, as of compio-io 0.10: a socket, a pipe, or a file in a `Cursor`.
    pub fn compio_0_10(reader: R) -> FromOwned<R, impl Operation<R>> {
        FromOwned::from_fn(reader, |mut reader: R, buf| async move {
            let BufResult(read, buf) = reader.read(buf).await;
            (reader, (read, buf))
        })
    }
}
