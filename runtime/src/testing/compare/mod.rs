//! What came, held against what was expected.

mod diff;
mod take;

use std::io;

#[doc(hidden)]
pub use take::{Probe, Taken, ViaBody, ViaByteStream, ViaFutures, ViaStream, ViaTokio};

use diff::Difference;
pub(super) use diff::Quoted;

/// Asserts what bytes a stream consists of, whatever it is: `assert_bytes!(stream, b"..")`.
///
/// The stream is a [`ByteStream`](trait@crate::ByteStream), a `Stream` of chunks, a tokio or a futures reader, or a body: a value that
/// is several of them is read as the first. It is taken; `&mut stream` leaves it. What is expected is anything that is `AsRef<[u8]>`.
///
/// - `assert_bytes!(stream, b"..")` runs the stream by [`testing::drive`](crate::testing::drive): it needs no runtime, and a lost waker fails
///   the test instead of hanging it.
/// - `assert_bytes!(await stream, b"..")` awaits it, for a stream that needs the runtime of its test.
///
/// # Panics
///
/// If the bytes differ, if an error comes, and in the first form if the stream hangs. The message says at which byte and in which
/// chunk, and shows both sides around it.
///
/// # Examples
///
/// ```
/// use byte_stream::{assert_bytes, stream};
///
/// assert_bytes!(stream!["hello, ", pending, "world"], b"hello, world");
/// assert_bytes!(&b"a tokio reader is one as well"[..], "a tokio reader is one as well");
/// ```
///
/// ```
/// # use byte_stream::{assert_bytes, stream};
/// #[tokio::test(start_paused = true)]
/// # async fn in_a_doc_test_it_would_not_run() {}
/// # #[tokio::main(flavor = "current_thread", start_paused = true)]
/// # async fn main() { is_slow().await }
/// async fn is_slow() {
///     let slow = stream!["hello, ", "world"].paced(std::time::Duration::from_secs(60));
///     assert_bytes!(await slow, "hello, world");
/// }
/// ```
#[macro_export]
macro_rules! assert_bytes {
    (await $stream:expr, $expected:expr $(,)?) => {
        $crate::__take!($stream, await).assert_bytes($crate::__private::compare::bytes(&$expected))
    };
    ($stream:expr, $expected:expr $(,)?) => {
        $crate::__take!($stream, drive).assert_bytes($crate::__private::compare::bytes(&$expected))
    };
}

/// Asserts of what chunks a stream consists: `assert_chunks!(stream, [b"..", ".."])`.
///
/// As [`assert_bytes!`], in both forms. The chunks of a reader are what each read into 8 KiB brings; those of anything else are
/// its items or its frames. Each chunk that is expected is anything that is `AsRef<[u8]>`.
///
/// # Panics
///
/// As [`assert_bytes!`], and if the bytes are right but not the chunks.
///
/// # Examples
///
/// ```
/// use byte_stream::{assert_chunks, stream};
///
/// assert_chunks!(stream!["hello, ", "", "world"].split_by(5), ["hello", ", ", "world"]);
/// assert_chunks!(stream![b""], []);
/// ```
#[macro_export]
macro_rules! assert_chunks {
    (await $stream:expr, [$($expected:expr),* $(,)?] $(,)?) => {
        $crate::__take!($stream, await)
            .assert_chunks(&[$($crate::__private::compare::bytes(&$expected)),*])
    };
    ($stream:expr, [$($expected:expr),* $(,)?] $(,)?) => {
        $crate::__take!($stream, drive)
            .assert_chunks(&[$($crate::__private::compare::bytes(&$expected)),*])
    };
}

/// Asserts how a stream fails, and after which bytes: `assert_error!(stream, after b"..", ConnectionReset)`.
///
/// As [`assert_bytes!`], in both forms. The kind is a variant of [`io::ErrorKind`]; a typed error has the kind of the `io::Error` behind
/// it. The error is returned as an [`io::Error`], with the original as its payload.
///
/// # Panics
///
/// If the bytes before the error differ, if it is of another kind, and if there is none.
///
/// # Examples
///
/// ```
/// use byte_stream::{assert_error, stream};
///
/// let broken = stream!["half of ", "it", error(ConnectionReset)];
/// assert_error!(broken, after b"half of it", ConnectionReset);
///
/// let error = assert_error!(stream![error({ "no such bucket" })], after "", Other);
/// assert_eq!(error.to_string(), "no such bucket");
/// ```
#[macro_export]
macro_rules! assert_error {
    (await $stream:expr, after $expected:expr, $kind:ident $(,)?) => {
        $crate::__take!($stream, await)
            .assert_error($crate::__private::compare::bytes(&$expected), $crate::__private::std::io::ErrorKind::$kind)
    };
    ($stream:expr, after $expected:expr, $kind:ident $(,)?) => {
        $crate::__take!($stream, drive)
            .assert_error($crate::__private::compare::bytes(&$expected), $crate::__private::std::io::ErrorKind::$kind)
    };
}

/// Reads a stream to its end, as the first of the worlds that it belongs to.
#[doc(hidden)]
#[macro_export]
macro_rules! __take {
    ($stream:expr, await) => {
        $crate::__take!($stream).await
    };
    ($stream:expr, drive) => {
        $crate::testing::drive($crate::__take!($stream))
    };
    ($stream:expr) => {
        match $stream {
            stream => {
                #[allow(unused_imports, reason = "one of them is the way that is found")]
                use $crate::__private::compare::{
                    ViaBody as _, ViaByteStream as _, ViaFutures as _, ViaStream as _, ViaTokio as _,
                };
                let way = (&&&&&$crate::__private::compare::Probe::of(&stream)).way();
                way.take(stream)
            }
        }
    };
}

/// What is expected, whatever it is.
#[doc(hidden)]
pub fn bytes<T: AsRef<[u8]> + ?Sized>(expected: &T) -> &[u8] {
    expected.as_ref()
}

impl Taken {
    #[doc(hidden)]
    #[track_caller]
    pub fn assert_bytes(&self, expected: &[u8]) {
        if let Some(difference) = self.difference(expected) {
            panic!("{difference}{}", self.and_then());
        }
        if let Some(error) = &self.error {
            panic!("the stream failed after all {} bytes: {error:?}", expected.len());
        }
    }

    #[doc(hidden)]
    #[track_caller]
    pub fn assert_chunks(&self, expected: &[&[u8]]) {
        self.assert_bytes(&expected.concat());
        let same = self.chunks.iter().zip(expected).take_while(|(came, expected)| came == *expected).count();
        if same < self.chunks.len().max(expected.len()) {
            let quoted = |chunk: Option<&[u8]>| chunk.map_or_else(|| "none".into(), |chunk| Quoted(chunk).to_string());
            panic!(
                "the bytes are right, but chunk {} is not\n  expected: {}\n      came: {}\n  expected {} chunks, {} came",
                same + 1,
                quoted(expected.get(same).copied()),
                quoted(self.chunks.get(same).map(|chunk| &chunk[..])),
                expected.len(),
                self.chunks.len(),
            );
        }
    }

    #[doc(hidden)]
    #[track_caller]
    pub fn assert_error(self, expected: &[u8], kind: io::ErrorKind) -> io::Error {
        if let Some(difference) = self.difference(expected) {
            panic!("{difference}{}", self.and_then());
        }
        match self.error {
            Some(error) if error.kind() == kind => error,
            Some(error) => panic!("expected an error of kind {kind:?}, but it is {:?}: {error:?}", error.kind()),
            None => {
                panic!("expected an error of kind {kind:?} after {} bytes, but the stream ended well", expected.len())
            }
        }
    }

    fn difference<'a>(&'a self, expected: &'a [u8]) -> Option<Difference<'a>> {
        Difference::between(expected, &self.chunks)
    }

    /// What else there is to say of bytes that differ.
    fn and_then(&self) -> String {
        self.error.as_ref().map_or_else(String::new, |error| format!("\n  then the stream failed: {error:?}"))
    }
}
