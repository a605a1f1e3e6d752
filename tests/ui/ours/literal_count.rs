use byte_stream::stream;

fn main() {
    let n = 3;
    let _ = stream![b"ab" * -3, b"ab" * 1.5, b"ab" *, b"ab" * n, b"ab" * {}];
    let _ = stream![b"ab" * 3u8, b"ab" * 99999999999999999999999];
    let _ = stream![3 * b"ab"];
}
