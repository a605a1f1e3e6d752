use byte_stream::ByteStream;

#[derive(ByteStream)]
struct Upload {
    body: tokio::fs::File,
}

fn main() {}
