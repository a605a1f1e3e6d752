use byte_stream::StreamError;

#[derive(Debug, thiserror::Error, StreamError)]
#[error("failed")]
enum Failure {
    #[stream_error(kind = TimedOut, kind = Other)]
    Slow,
    #[stream_error(other)]
    Io(std::io::Error),
}

fn main() {}
