use byte_stream::ByteStream;

#[derive(ByteStream)]
union Union {
    number: u32,
    bytes: [u8; 4],
}

fn main() {}
