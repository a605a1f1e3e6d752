use byte_stream::ByteStreamViews;

#[derive(ByteStreamViews)]
struct Upload<'a> {
    body: &'a [u8],
}

fn main() {}
