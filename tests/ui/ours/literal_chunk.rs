use byte_stream::stream;

fn main() {
    // Each is told, and all of them at once.
    let _ = stream![c"text", b"fine", 12, b'a', 'é', b"typed"u8, {}, true, -1, (1, 2)];
    let _ = stream![b"one" b"two"];
    let _ = stream![b"one"; b"two"];
}
