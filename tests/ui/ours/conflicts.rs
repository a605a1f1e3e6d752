use byte_stream::ByteStream;

#[derive(ByteStream)]
#[byte_stream(only(stream, stream), skip(body))]
enum Upload {
    #[byte_stream(empty)]
    Held(#[byte_stream(source)] bytes::Bytes),
}

fn main() {}
