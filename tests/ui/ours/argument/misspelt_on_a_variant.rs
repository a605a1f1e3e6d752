use byte_stream::ByteStream;

#[derive(ByteStream)]
enum Upload {
    #[byte_stream(emtpy)]
    Held(String),
}

fn main() {}
