use byte_stream::stream;

fn main() {
    let name = "expression";
    let _ = stream![name];
}
