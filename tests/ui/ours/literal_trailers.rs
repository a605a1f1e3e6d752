use byte_stream::stream;

fn main() {
    let _ = stream![trailers, trailers {}, trailers("x-crc" = "1")];
    let _ = stream![trailers { x_crc: "1", "x crc": "1", "": "1", "x-crc" = "1", "x-crc": 1, "x-sum": "a\nb" }];
    let _ = stream![trailers { "x-crc": "1" "x-sum": "2" }];
}
