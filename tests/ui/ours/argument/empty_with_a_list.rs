use byte_stream::ByteStream;

#[derive(ByteStream)]
enum Upload {
    #[byte_stream(empty())]
    Held(String),
}

fn main() {}
