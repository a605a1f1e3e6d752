use byte_stream::ByteStream;

#[derive(ByteStream)]
struct Upload {
    body: futures::io::Cursor<Vec<u8>>,
}

fn main() {}
