use byte_stream::StreamError;

#[derive(Debug, thiserror::Error, StreamError)]
#[error("failed")]
enum Failure {
    Quota(#[from] std::num::ParseIntError),
}

fn main() {}
