use byte_stream::ByteStream;

#[derive(ByteStream)]
enum Upload {
    File(tokio::fs::File),
    Parts {
        #[byte_stream(source)]
        head: String,
        #[byte_stream(source)]
        tail: std::path::PathBuf,
    },
}

fn main() {}
