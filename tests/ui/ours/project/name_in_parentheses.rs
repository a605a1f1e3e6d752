use byte_stream::ByteStream;

#[derive(ByteStream)]
#[byte_stream(project(UploadParts))]
enum Upload {
    Body(bytes::Bytes),
}

fn main() {}
