use byte_stream::StreamError;

#[derive(Debug, thiserror::Error, StreamError)]
#[error("failed")]
enum Failure {
    #[stream_error(other = Io)]
    Io(std::io::Error),
}

fn main() {}
