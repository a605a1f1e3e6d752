//! What stands beside the derive: other derives, `cfg` on fields and variants, attributes of other kinds, restricted visibility, aliases.
#![deny(warnings, missing_docs)]

use byte_stream::{ByteStream, FromIter, FromStream, StreamError};
use std::pin::Pin;

mod outer {
    pub mod inner {
        use byte_stream::ByteStream;

        /// Documented.
        #[non_exhaustive]
        #[derive(ByteStream, Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[byte_stream(project, only(stream, body))]
        pub(in crate::outer) struct Restricted {
            /// The source.
            #[byte_stream(source)]
            pub(crate) body: bytes::Bytes,
            #[cfg(any())]
            pub gone: NoSuchType,
            #[cfg(not(any()))]
            pub(super) seen: u8,
        }

        impl Restricted {
            pub(super) fn seen(self: std::pin::Pin<&mut Self>) -> u8 {
                *self.project().seen
            }
        }
    }

    pub fn seen() -> u8 {
        let mut restricted = inner::Restricted::default();
        std::pin::Pin::new(&mut restricted).seen() + restricted.clone().seen
    }
}

type Alias<S> = Option<FromStream<S>>;
type Object = Pin<Box<dyn ByteStream + Send + Sync>>;

#[non_exhaustive]
#[derive(ByteStream, derive_more::From)]
#[byte_stream(project = upload_parts)]
#[allow(non_camel_case_types, dead_code)]
enum Upload<S> {
    /// An alias that names a parameter.
    #[from(ignore)]
    Plain(Alias<S>),
    #[cfg(any())]
    Gone(NoSuchType),
    #[cfg_attr(all(), byte_stream(empty))]
    #[from(ignore)]
    Moved(String, u8),
    Object(#[cfg_attr(all(), byte_stream(source))] Object, #[cfg(any())] NoSuchType),
    #[from(ignore)]
    Both {
        #[byte_stream(source)]
        head: bytes::Bytes,
        #[cfg(any())]
        #[byte_stream(source)]
        gone: NoSuchType,
        #[cfg(all())]
        #[byte_stream(source)]
        tail: Option<Object>,
    },
    #[from(ignore)]
    Nothing,
}

#[derive(ByteStream, bon::Builder)]
#[byte_stream(error = Failure)]
struct Built<'a, S: Iterator<Item = bytes::Bytes> + 'a = std::vec::IntoIter<bytes::Bytes>> {
    #[builder(into)]
    #[byte_stream(source)]
    body: FromIter<S>,
    #[builder(default)]
    name: &'a str,
}

#[derive(Debug, thiserror::Error, StreamError)]
#[allow(dead_code)]
enum Failure {
    #[error("io")]
    Io(
        #[from]
        #[stream_error(other)]
        std::io::Error,
    ),
    #[error("number {0}")]
    Number(#[from] std::num::ParseIntError),
    #[error("slow")]
    #[stream_error(kind = TimedOut)]
    Slow,
    #[error("code {code}")]
    Code {
        code: u8,
        #[source]
        inner: std::fmt::Error,
    },
}

#[derive(ByteStream)]
struct Borrowed<'a>(&'a mut (dyn ByteStream + Unpin + 'a));

#[derive(ByteStream)]
#[allow(dead_code)]
struct Tail<S: ?Sized + ByteStream = dyn ByteStream> {
    number: u8,
    #[byte_stream(source)]
    body: S,
}

fn main() {
    assert_eq!(outer::seen(), 0);
    let built = Built::builder().body(vec![bytes::Bytes::from_static(b"hello")].into_iter()).build();
    assert_eq!((built.name, built.bytes_left()), ("", (0, None)));
    let object: Object = Box::pin(bytes::Bytes::from_static(b"hello"));
    let mut upload: Upload<futures::stream::Empty<bytes::Bytes>> = object.into();
    assert_eq!(Borrowed(&mut upload).bytes_left(), (5, Some(5)));
    let tail: &Tail = &Tail { number: 1, body: bytes::Bytes::from_static(b"hi") };
    assert_eq!(tail.bytes_left(), (2, Some(2)));
}
