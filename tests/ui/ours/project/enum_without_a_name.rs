use byte_stream::ByteStream;

#[derive(ByteStream)]
#[byte_stream(project)]
enum Upload {
    Body(bytes::Bytes),
}

fn main() {}
