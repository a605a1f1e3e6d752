use byte_stream::StreamError;

#[derive(Debug, thiserror::Error, StreamError)]
#[error("failed")]
enum Failure {
    Shared(std::rc::Rc<u8>),
    #[stream_error(other)]
    Io(std::io::Error),
}

fn main() {}
