use byte_stream::StreamError;

#[derive(StreamError)]
union Failure {
    code: u8,
}

fn main() {}
