use byte_stream::ByteStreamExt;

async fn all(file: tokio::fs::File) -> std::io::Result<bytes::Bytes> {
    file.collect_bytes().await
}

fn main() {}
