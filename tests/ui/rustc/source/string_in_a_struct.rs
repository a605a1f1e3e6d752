use byte_stream::ByteStream;

#[derive(ByteStream)]
struct Upload {
    body: String,
}

fn main() {}
