//! A sum of nothing: a stream of which there is no value.
use byte_stream::ByteStream;

#[derive(ByteStream)]
#[byte_stream(only(stream, tokio, futures, body))]
enum Never {}

/// It stands where a variant is ruled out.
#[derive(ByteStream)]
enum Upload<Remote> {
    Local(bytes::Bytes),
    Remote(Remote),
}

fn main() {
    let upload: Upload<Never> = Upload::Local(bytes::Bytes::from_static(b"hello"));
    assert_eq!(upload.bytes_left(), (5, Some(5)));
    if let Upload::Remote(never) = upload {
        match never {}
    }
}
