use byte_stream::StreamError;

#[derive(Debug, thiserror::Error, StreamError)]
#[error("failed")]
#[stream_error(crate)]
struct Failure(std::io::Error);

fn main() {}
