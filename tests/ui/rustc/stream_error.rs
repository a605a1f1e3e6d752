use byte_stream::StreamError;
use std::rc::Rc;

#[derive(Debug, thiserror::Error, StreamError)]
#[error("not Send")]
enum NotSend {
    Shared(Rc<u8>),
    #[stream_error(other)]
    Io(std::io::Error),
}

#[derive(Debug, StreamError)]
enum NoError {
    #[stream_error(other)]
    Io(std::io::Error),
    Else,
}

#[derive(Debug, thiserror::Error, StreamError)]
#[error("takes not every error")]
enum Narrow {
    #[stream_error(other)]
    Text(String),
    #[stream_error(kind = Slow)]
    Slow,
}

fn main() {}
