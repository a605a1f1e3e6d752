use byte_stream::stream;

fn main() {
    let _ = stream![error(TimedOut) * 2];
}
