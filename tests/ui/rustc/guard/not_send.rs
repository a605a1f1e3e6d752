use byte_stream::{ByteStream, stream};
use std::rc::Rc;

/// The contract asks for auto traits that are those of the sources: this has something beside them.
#[derive(ByteStream)]
struct Counted<S> {
    #[byte_stream(source)]
    source: S,
    seen: Rc<()>,
}

fn is_send<T: Send>(_: T) {}

fn main() {
    is_send(stream!["hello"]);
    is_send(Counted { source: stream!["hello"], seen: Rc::new(()) });
}
