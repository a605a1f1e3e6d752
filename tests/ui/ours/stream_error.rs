use byte_stream::StreamError;

#[derive(Debug, thiserror::Error, StreamError)]
#[error("no place")]
enum NoPlace {
    Quota(#[from] std::num::ParseIntError),
}

#[derive(Debug, thiserror::Error, StreamError)]
#[error("unit")]
struct Unit;

#[derive(Debug, thiserror::Error, StreamError)]
#[error("twice")]
enum Twice {
    #[stream_error(from)]
    One(std::fmt::Error),
    #[stream_error(from)]
    Two(std::fmt::Error),
    #[stream_error(other)]
    Io(std::io::Error),
    #[stream_error(other)]
    Else(std::io::Error),
}

#[derive(Debug, thiserror::Error, StreamError)]
#[error("misplaced")]
#[stream_error(other, kind = TimedOut)]
enum Misplaced {
    #[stream_error(sort = TimedOut, kind)]
    Slow,
    #[stream_error(other)]
    Pair(std::io::Error, u8),
}

#[derive(StreamError)]
union Union {
    a: u8,
}

fn main() {}
