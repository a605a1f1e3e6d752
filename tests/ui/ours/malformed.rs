use byte_stream::ByteStream;

#[derive(ByteStream)]
#[byte_stream(error(MyError))]
struct One(bytes::Bytes);

#[derive(ByteStream)]
#[byte_stream(only = stream)]
struct Two(bytes::Bytes);

#[derive(ByteStream)]
#[byte_stream(only())]
struct Three(bytes::Bytes);

#[derive(ByteStream)]
struct Four(#[byte_stream()] bytes::Bytes);

#[derive(ByteStream)]
struct Five(#[byte_stream(source project)] bytes::Bytes);

#[derive(ByteStream)]
#[byte_stream(project)]
enum Six {
    Body(bytes::Bytes),
}

#[derive(ByteStream)]
#[byte_stream(project)]
struct Seven;

fn main() {}
