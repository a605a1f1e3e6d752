use byte_stream::{BoxByteStream, ByteStream};
use std::rc::Rc;

#[derive(ByteStream)]
struct Upload {
    #[byte_stream(source)]
    body: bytes::Bytes,
    shared: Rc<()>,
}

fn boxed(upload: Upload) -> BoxByteStream<'static> {
    BoxByteStream::new(upload)
}

fn main() {}
