use byte_stream::ByteStream;

#[derive(ByteStream)]
enum Upload {
    #[byte_stream(empty)]
    Held(#[byte_stream(source)] bytes::Bytes),
}

fn main() {}
