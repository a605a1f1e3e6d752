use byte_stream::ByteStream;

#[derive(ByteStream)]
struct Upload {
    body: futures::stream::Empty<std::io::Result<bytes::Bytes>>,
}

fn main() {}
