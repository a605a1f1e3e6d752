use byte_stream::ByteStream;
use futures::StreamExt;

#[derive(ByteStream)]
#[byte_stream(only(tokio))]
struct Upload(bytes::Bytes);

async fn first(mut upload: Upload) {
    let _ = upload.next().await;
}

fn main() {}
