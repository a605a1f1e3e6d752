//! Nobody has to be told to mark a field who has tried, and what is done with the projection still goes with it.
use byte_stream::ByteStream;
use std::pin::Pin;

#[derive(ByteStream)]
#[byte_stream(project)]
struct Upload {
    name: String,
    #[byte_stream("source")]
    body: bytes::Bytes,
}

impl Upload {
    fn rename(self: Pin<&mut Self>) -> bool {
        let mut this = self.project();
        this.name.push('!');
        this.body.as_mut().is_empty()
    }
}

fn main() {}
