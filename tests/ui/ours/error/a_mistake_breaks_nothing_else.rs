//! The conversions are still there, so there is one message.
use byte_stream::{ByteStream, StreamError};

#[derive(Debug, thiserror::Error, StreamError)]
#[error("failed")]
enum Failure {
    #[stream_error(sort = TimedOut)]
    Slow,
    #[stream_error(other)]
    Io(std::io::Error),
}

#[derive(ByteStream)]
#[byte_stream(error = Failure)]
struct Upload(bytes::Bytes);

fn carried(failure: Failure) -> std::io::Error {
    failure.into()
}

fn main() {}
