use byte_stream::ByteStream;

#[derive(ByteStream)]
struct Upload {
    body: std::fs::File,
}

fn main() {}
