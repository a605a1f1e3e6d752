use byte_stream::stream;

fn main() {
    let _ = stream![error(ConectionReset)];
    let _ = stream![{ 12 }];
    let _ = stream![error({ 12 })];
    let _ = stream!["ab" * { -1 }];
}
