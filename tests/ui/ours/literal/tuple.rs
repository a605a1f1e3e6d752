use byte_stream::stream;

fn main() {
    let _ = stream![(1, 2)];
}
