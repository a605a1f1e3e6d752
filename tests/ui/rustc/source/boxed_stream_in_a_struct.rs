use byte_stream::ByteStream;

#[derive(ByteStream)]
struct Upload {
    body: std::pin::Pin<Box<dyn futures::Stream<Item = std::io::Result<bytes::Bytes>> + Send>>,
}

fn main() {}
