use byte_stream::ByteStream;

#[derive(ByteStream)]
struct Upload<S> {
    body: S,
}

fn is_stream<S: ByteStream>(_: S) {}

fn main() {
    is_stream(Upload { body: std::path::PathBuf::new() });
}
