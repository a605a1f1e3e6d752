//! Derives with fewer features than its build script.

use renamed::{ByteStream, stream};

#[derive(ByteStream)]
#[byte_stream(crate = renamed)]
struct Renamed(renamed::StreamLiteral<1>);

#[derive(facade::ByteStream)]
#[byte_stream(crate = facade::re_exported)]
struct ReExported(facade::re_exported::StreamLiteral<1>);

#[derive(Debug, renamed::StreamError)]
#[stream_error(crate = renamed)]
struct Failure(std::io::Error);

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("failure")
    }
}

impl std::error::Error for Failure {}

#[derive(ByteStream)]
#[byte_stream(crate = renamed, error = Failure)]
struct Typed(renamed::StreamLiteral<1>);

fn main() {
    println!("{:?}", Typed(stream!["typed"]).bytes_left());
    println!("{:?}", Renamed(stream!["renamed"]).bytes_left());
    println!("{:?}", ReExported(facade::re_exported::stream!["re-exported"]).bytes_left());
    println!("{:?}", library::ByHand::default().bytes_left());
    println!("{:?}", guest::greeting().bytes_left());
    let mut part = Box::pin(guest::Part::Both { head: stream![], tail: None, seen: 1 });
    println!("{}", part.as_mut().look());
}
