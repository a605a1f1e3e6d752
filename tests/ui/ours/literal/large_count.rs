use byte_stream::stream;

fn main() {
    let _ = stream![b"ab" * 99999999999999999999999];
}
