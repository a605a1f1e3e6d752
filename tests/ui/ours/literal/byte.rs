use byte_stream::stream;

fn main() {
    let _ = stream![b'a'];
}
