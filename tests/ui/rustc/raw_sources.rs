//! Each names the adapter to wrap the source in.
use byte_stream::ByteStream;

#[derive(ByteStream)]
struct File(tokio::fs::File);

#[derive(ByteStream)]
struct Memory {
    bytes: Vec<u8>,
}

#[derive(ByteStream)]
struct Generic<S>(S);

fn is_stream<S: ByteStream>(_: S) {}

fn main() {
    is_stream(Generic(futures::stream::empty::<bytes::Bytes>()));
}
