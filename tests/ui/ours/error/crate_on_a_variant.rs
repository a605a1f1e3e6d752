use byte_stream::StreamError;

#[derive(Debug, thiserror::Error, StreamError)]
#[error("failed")]
enum Failure {
    #[stream_error(crate = byte_stream, other)]
    Io(std::io::Error),
}

fn main() {}
