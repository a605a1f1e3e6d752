use byte_stream::ByteStream;

#[derive(ByteStream)]
struct Upload {
    body: axum::body::Body,
}

fn main() {}
