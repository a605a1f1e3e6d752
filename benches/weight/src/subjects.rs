//! The types that are compiled, with a derive and bare.

/// What is compiled many times.
pub(crate) struct Subject {
    pub(crate) name: &'static str,
    /// What stands once in the file.
    head: &'static str,
    /// With `@` for the number of the type.
    with: &'static str,
    bare: &'static str,
    /// The macros are expanded before the compiler's time is taken.
    pub(crate) expanded: bool,
}

impl Subject {
    pub(crate) fn with(&self, n: usize) -> String {
        self.file(self.with, n)
    }

    pub(crate) fn bare(&self, n: usize) -> String {
        self.file(self.bare, n)
    }

    fn file(&self, one: &str, n: usize) -> String {
        let mut file = self.head.to_owned();
        file.extend((0..n).map(|i| one.replace('@', &i.to_string())));
        file
    }
}

pub(crate) const DEPENDENCIES: &str = concat!(
    "byte-stream = { path = '",
    env!("CARGO_MANIFEST_DIR"),
    "/../../runtime', features = ['futures-io'] }
    async-stream = '0.3'
    auto_enums = { version = '0.8', features = ['futures03', 'http_body1', 'tokio1'] }
    bytes = '1'
    futures = { version = '0.3', default-features = false, features = ['std'] }
    http-body = '1'
    pin-project = '1'
    thiserror = '2'
    tokio = { version = '1', features = ['io-util'] }"
);

pub(crate) const OURS: usize = 0;
pub(crate) const THISERROR: usize = 1;
pub(crate) const EXPANDED: usize = 5;
pub(crate) const HAND: usize = 6;

/// All are enums of four variants, but for async-stream, which has no type: a function with four `yield`s.
pub(crate) const SUBJECTS: [Subject; 7] = [
    Subject { name: "byte-stream, four views", head: "", with: OUR_ENUM, bare: OUR_BARE_ENUM, expanded: false },
    Subject {
        name: "thiserror",
        head: "",
        with: "#[derive(Debug, thiserror::Error)] pub enum Type@ {
            #[error(\"input or output\")] Io(#[from] std::io::Error),
            #[error(\"no number: {0}\")] Number(#[from] std::num::ParseIntError),
            #[error(\"{name} is {size} bytes long\")] Long { name: String, size: usize },
            #[error(\"empty\")] Empty,
        }\n",
        bare: "#[derive(Debug)] pub enum Type@ {
            Io(std::io::Error),
            Number(std::num::ParseIntError),
            Long { name: String, size: usize },
            Empty,
        }\n",
        expanded: false,
    },
    Subject {
        name: "pin-project",
        head: "",
        with: "#[pin_project::pin_project(project = Pinned@)] pub enum Type@<S> {
            Plain(#[pin] byte_stream::FromStream<S>),
            Cached(#[pin] bytes::Bytes),
            Rest { name: String, #[pin] rest: byte_stream::FromIter<std::vec::IntoIter<String>> },
            Empty,
        }\n",
        bare: OUR_BARE_ENUM,
        expanded: false,
    },
    Subject {
        name: "auto_enums, four views",
        head: "",
        with: "#[auto_enums::enum_derive(
            futures03::Stream, tokio1::AsyncRead, tokio1::AsyncBufRead, futures03::AsyncRead, futures03::AsyncBufRead, http_body1::Body
        )] pub enum Type@<A, B, C, D> { A(A), B(B), C(C), D(D) }\n",
        bare: "pub enum Type@<A, B, C, D> { A(A), B(B), C(C), D(D) }\n",
        expanded: false,
    },
    Subject {
        name: "async-stream, a function",
        head: "",
        with: "pub fn function@(n: u32) -> impl futures::Stream<Item = u32> {
            async_stream::stream! {
                yield 1;
                for i in 0..n { yield i; }
                if n > 3 { yield 3; }
                yield 4;
            }
        }\n",
        bare: "",
        expanded: false,
    },
    Subject { name: "byte-stream, written out", head: "", with: OUR_ENUM, bare: OUR_BARE_ENUM, expanded: true },
    Subject {
        name: "byte-stream, by hand",
        head: "use std::io::{self, IoSliceMut};
            use std::pin::Pin;
            use std::task::{Context, Poll};
            use byte_stream::{ByteStream, FromIter, FromStream, ReadBuf, State, Trailers};
            use bytes::Bytes;
            use futures::stream::{FusedStream, Stream};\n",
        with: include_str!("by_hand.rs.in"),
        bare: OUR_BARE_ENUM,
        expanded: false,
    },
];

const OUR_ENUM: &str = "#[derive(byte_stream::ByteStream)] pub enum Type@<S> {
    Plain(byte_stream::FromStream<S>),
    Cached(bytes::Bytes),
    Rest { name: String, #[byte_stream(source)] rest: byte_stream::FromIter<std::vec::IntoIter<String>> },
    Empty,
}\n";

const OUR_BARE_ENUM: &str = "pub enum Type@<S> {
    Plain(byte_stream::FromStream<S>),
    Cached(bytes::Bytes),
    Rest { name: String, rest: byte_stream::FromIter<std::vec::IntoIter<String>> },
    Empty,
}\n";
