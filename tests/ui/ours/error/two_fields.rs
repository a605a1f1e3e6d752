use byte_stream::StreamError;

#[derive(Debug, thiserror::Error, StreamError)]
#[error("failed")]
enum Failure {
    #[stream_error(other)]
    Pair(std::io::Error, u8),
    #[stream_error(other)]
    Io(std::io::Error),
}

fn main() {}
