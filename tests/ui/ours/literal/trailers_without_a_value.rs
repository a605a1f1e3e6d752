use byte_stream::stream;

fn main() {
    let _ = stream![trailers { "x-crc" = "1" }];
}
