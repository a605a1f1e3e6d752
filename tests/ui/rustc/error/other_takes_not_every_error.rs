use byte_stream::StreamError;

#[derive(Debug, thiserror::Error, StreamError)]
#[error("failed")]
enum Failure {
    #[stream_error(other)]
    Text(String),
}

fn main() {}
