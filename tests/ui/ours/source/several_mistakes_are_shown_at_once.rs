use byte_stream::ByteStream;

#[derive(ByteStream)]
#[byte_stream(views(stream), only(streem, sink), crate)]
struct Upload {
    #[byte_stream(sauce)]
    head: bytes::Bytes,
    #[byte_stream(source, source)]
    tail: bytes::Bytes,
}

fn main() {
    fn is_stream<S: ByteStream>() {}
    is_stream::<Upload>();
}
