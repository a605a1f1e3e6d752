use byte_stream::ByteStream;

#[derive(ByteStream)]
union Upload {
    number: u32,
    bytes: [u8; 4],
}

fn main() {}
