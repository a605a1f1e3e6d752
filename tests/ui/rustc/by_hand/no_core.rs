use byte_stream::ByteStreamViews;

#[derive(ByteStreamViews)]
#[byte_stream(error = std::io::Error, compio_0_10, monoio_0_2)]
struct Upload {
    body: bytes::Bytes,
}

fn main() {}
