use byte_stream::ByteStream;
use futures::StreamExt;

#[derive(ByteStream)]
struct Upload<S>(S);

async fn first(path: std::path::PathBuf) {
    let _ = Upload(path).next().await;
}

fn main() {}
