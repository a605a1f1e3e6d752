use byte_stream::ByteStream;

#[derive(ByteStream)]
struct Upload {
    body: tokio::net::TcpStream,
}

fn main() {}
