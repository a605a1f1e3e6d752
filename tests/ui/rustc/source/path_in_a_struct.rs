use byte_stream::ByteStream;

#[derive(ByteStream)]
struct Upload {
    body: std::path::PathBuf,
}

fn main() {}
