use byte_stream::ByteStream;

#[derive(ByteStream)]
struct Upload {
    body: Vec<u8>,
}

fn main() {}
