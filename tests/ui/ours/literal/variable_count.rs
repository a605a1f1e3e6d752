use byte_stream::stream;

fn main() {
    let n = 3;
    let _ = stream![b"ab" * n];
}
