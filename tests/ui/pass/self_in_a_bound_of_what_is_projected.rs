//! In the bounds of a projection, `Self` is the type that is projected.
use byte_stream::ByteStream;
use std::pin::Pin;

trait Of<T: ?Sized> {}

impl<T: ?Sized> Of<T> for bytes::Bytes {}

#[derive(ByteStream)]
#[byte_stream(project)]
struct Upload<S: Of<Self>>
where
    S: Of<Box<Self>>,
{
    #[byte_stream(source)]
    body: S,
    seen: usize,
}

#[derive(ByteStream)]
#[byte_stream(project = DownloadParts)]
enum Download<S: Of<Self>> {
    Body(S),
    Nothing,
}

impl<S: Of<Self> + Of<Box<Self>>> Upload<S> {
    fn see(self: Pin<&mut Self>) {
        *self.project().seen += 1;
    }
}

impl<S: Of<Self>> Download<S> {
    fn has_body(self: Pin<&mut Self>) -> bool {
        matches!(self.project(), DownloadParts::Body(_))
    }
}

fn main() {
    let mut upload = Upload { body: bytes::Bytes::new(), seen: 0 };
    Pin::new(&mut upload).see();
    assert_eq!(upload.seen, 1);
    assert!(Pin::new(&mut Download::Body(bytes::Bytes::new())).has_body());
    assert!(!Pin::new(&mut Download::<bytes::Bytes>::Nothing).has_body());
}
