use byte_stream::StreamError;

#[derive(Debug, thiserror::Error, StreamError)]
#[error("failed")]
#[stream_error(kind = TimedOut)]
enum Failure {
    #[stream_error(other)]
    Io(std::io::Error),
}

fn main() {}
