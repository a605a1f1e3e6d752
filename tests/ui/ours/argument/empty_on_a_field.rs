use byte_stream::ByteStream;

#[derive(ByteStream)]
enum Upload {
    Held(#[byte_stream(empty)] String),
}

fn main() {}
