//! Derives with fewer features than its build script.

use renamed::{ByteStream, stream};

#[derive(ByteStream)]
#[byte_stream(crate = renamed)]
struct Renamed(renamed::StreamLiteral<1>);

#[derive(facade::ByteStream)]
#[byte_stream(crate = facade::re_exported)]
struct ReExported(facade::re_exported::StreamLiteral<1>);

fn main() {
    println!("{:?}", Renamed(stream!["renamed"]).bytes_left());
    println!("{:?}", ReExported(facade::re_exported::stream!["re-exported"]).bytes_left());
    println!("{:?}", library::ByHand::default().bytes_left());
}
