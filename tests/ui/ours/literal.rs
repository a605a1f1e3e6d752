use byte_stream::stream;

fn main() {
    let _ = stream![c"text", b"fine", 12];
    let _ = stream![b"one" b"two"];
}
