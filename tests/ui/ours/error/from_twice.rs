use byte_stream::StreamError;

#[derive(Debug, thiserror::Error, StreamError)]
#[error("failed")]
enum Failure {
    #[stream_error(from)]
    One(std::fmt::Error),
    #[stream_error(from)]
    Two(std::fmt::Error),
    #[stream_error(other)]
    Io(std::io::Error),
}

fn main() {}
