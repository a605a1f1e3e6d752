use byte_stream::ByteStream;

#[derive(ByteStream)]
#[byte_stream(project)]
struct Upload;

fn main() {}
