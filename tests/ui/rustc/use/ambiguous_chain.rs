//! Two of the worlds have a method of this name.
use byte_stream::ByteStream;
use futures::StreamExt;
use tokio::io::AsyncReadExt;

#[derive(ByteStream)]
struct Upload(bytes::Bytes);

fn ambiguous(upload: Upload) {
    let _ = upload.chain(bytes::Bytes::new());
}

fn main() {}
