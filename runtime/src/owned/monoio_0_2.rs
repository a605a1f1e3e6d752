//! monoio's readers as sources, as of monoio 0.2.

use monoio_0_2::io::AsyncReadRent;

use super::{FromOwned, Operation};

impl<R: AsyncReadRent> FromOwned<R, ()> {
    /// Wraps a reader of monoio's, as of monoio 0.2: a socket, a pipe. A file is read by position, with
    /// [`from_fn`](FromOwned::from_fn).
    pub fn monoio_0_2(reader: R) -> FromOwned<R, impl Operation<R>> {
        FromOwned::from_fn(reader, |mut reader: R, buf| async move {
            let read = reader.read(buf).await;
            (reader, read)
        })
    }
}
