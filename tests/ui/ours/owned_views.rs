use byte_stream::ByteStream;

#[derive(ByteStream)]
#[byte_stream(only(stream, compio_0_10))]
struct One(bytes::Bytes);

#[derive(ByteStream)]
#[byte_stream(compio_0_10, monoio_0_2, compio_0_10)]
struct Two(bytes::Bytes);

#[derive(ByteStream)]
struct Three(#[byte_stream(monoio_0_2)] bytes::Bytes);

#[derive(ByteStream)]
#[byte_stream(compio)]
struct Four(bytes::Bytes);

fn main() {}
