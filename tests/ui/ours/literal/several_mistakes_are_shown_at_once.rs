use byte_stream::stream;

fn main() {
    let _ = stream![12, b"fine", Hang, error(), trailers { crc: "1", "": "1" }];
}
