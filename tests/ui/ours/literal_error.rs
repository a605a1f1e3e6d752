use byte_stream::stream;

fn main() {
    let _ = stream![error, error(), error("text"), error(io::ErrorKind::TimedOut), error({}), error(TimedOut, "text")];
}
