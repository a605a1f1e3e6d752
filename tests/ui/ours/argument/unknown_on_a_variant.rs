use byte_stream::ByteStream;

#[derive(ByteStream)]
enum Upload {
    #[byte_stream(rename)]
    Body(bytes::Bytes),
}

fn main() {}
