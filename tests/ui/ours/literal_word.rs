use byte_stream::stream;

fn main() {
    let name = "expression";
    let _ = stream![pendin, Hang, name, String::from(name), async];
    let _ = stream![pending(3), panic!("text"), "chunk"];
    let _ = stream![hang, "never", "reached"];
    let _ = stream![hang * 2];
    let _ = stream![error(TimedOut) * 2];
}
