use byte_stream::StreamError;

#[derive(Debug, StreamError)]
enum Failure {
    #[stream_error(other)]
    Io(std::io::Error),
    Else,
}

fn main() {}
