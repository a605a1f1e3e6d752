use byte_stream::FromStream;

fn main() {
    let _ = FromStream::new(futures::stream::iter([1_u64, 2, 3]));
}
