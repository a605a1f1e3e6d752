//! What the user's code asks of the type is still there, so there is one message.
use byte_stream::{ByteStream, ByteStreamExt};
use futures::StreamExt;
use std::pin::Pin;
use std::task::{Context, Poll};

#[derive(Debug, thiserror::Error, byte_stream::StreamError)]
#[error(transparent)]
struct Failure(std::io::Error);

#[derive(ByteStream)]
#[byte_stream(onyl(tokio), only(stream), error = Failure, project)]
struct Upload<S> {
    #[byte_stream(source)]
    body: S,
    polls: usize,
}

impl<S: Unpin> tokio::io::AsyncRead for Upload<S> {
    fn poll_read(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
        _: &mut byte_stream::ReadBuf<'_>,
    ) -> Poll<std::io::Result<()>> {
        let this = self.project();
        *this.polls += 1;
        Poll::Ready(Ok(()))
    }
}

async fn first(mut upload: Upload<bytes::Bytes>) -> Result<bytes::Bytes, Failure> {
    upload.next().await.unwrap_or_else(|| Ok(bytes::Bytes::new()))
}

async fn all(upload: Upload<bytes::Bytes>) -> std::io::Result<bytes::Bytes> {
    upload.collect_bytes().await
}

fn main() {}
