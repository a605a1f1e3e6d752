use byte_stream::ByteStream;

#[derive(ByteStream)]
#[repr(C, packed(2))]
struct Upload {
    body: &'static [u8],
}

fn main() {}
