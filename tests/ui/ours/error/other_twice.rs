use byte_stream::StreamError;

#[derive(Debug, thiserror::Error, StreamError)]
#[error("failed")]
enum Failure {
    #[stream_error(other)]
    Io(std::io::Error),
    #[stream_error(other)]
    Else(std::io::Error),
}

fn main() {}
