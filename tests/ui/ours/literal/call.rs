use byte_stream::stream;

fn main() {
    let _ = stream![String::from("text")];
}
