//! The tests of an object store, as a project would write them: a stream is one line.

use std::collections::HashMap;
use std::io;
use std::num::NonZeroUsize;
use std::time::Duration;

use byte_stream::adapter::{IdleTimeout, LengthGuard, Rechunk};
use byte_stream::codec::{Compress, Decompress, Encoding};
use byte_stream::error::{self, LengthError};
use byte_stream::testing::drive;
use byte_stream::{ByteStream, FromBody, FromStream, assert_bytes, assert_chunks, assert_error, stream};
use bytes::Bytes;
use futures_util::TryStreamExt;
use http_body::Body;
use http_body_util::BodyExt;

/// Keeps objects, some of them compressed.
#[derive(Default)]
struct Store {
    objects: HashMap<&'static str, (Encoding, Vec<Bytes>)>,
}

/// What comes out.
#[derive(Debug, ByteStream)]
struct Download(Decompress<FromStream<futures_util::stream::Iter<std::vec::IntoIter<Bytes>>>>);

const LARGEST: u64 = 1000;
const PATIENCE: Duration = Duration::from_secs(30);
const PART: NonZeroUsize = NonZeroUsize::new(8).unwrap();

impl Store {
    async fn put(&mut self, key: &'static str, coding: Encoding, body: impl ByteStream) -> io::Result<()> {
        let body = LengthGuard::new(IdleTimeout::new(body, PATIENCE), ..=LARGEST);
        let upload = Compress::new(body, coding)?;
        let parts = Rechunk::new(upload, PART).try_collect().await?;
        self.objects.insert(key, (coding, parts));
        Ok(())
    }

    fn get(&self, key: &str) -> io::Result<Download> {
        let (coding, parts) = self.objects.get(key).ok_or(io::ErrorKind::NotFound)?;
        let parts = FromStream::new(futures_util::stream::iter(parts.clone()));
        Decompress::new(parts, *coding).map(Download)
    }

    async fn put_plain(&mut self, body: impl ByteStream) -> io::Result<()> {
        self.put("key", Encoding::Identity, body).await
    }
}

#[tokio::test]
async fn uploads_what_comes_and_downloads_the_same() {
    let mut store = Store::default();
    store.put_plain(stream!["hello, ", pending, "world"]).await.unwrap();
    assert_bytes!(store.get("key").unwrap(), "hello, world");
}

#[tokio::test]
async fn stores_parts_of_one_size_whatever_the_chunks() {
    let mut store = Store::default();
    store.put_plain(stream!["hello", b"", ", " * 2, "world"]).await.unwrap();
    assert_chunks!(store.get("key").unwrap(), ["hello, ,", " world"]);
}

#[tokio::test]
async fn an_empty_object_has_no_parts() {
    let mut store = Store::default();
    store.put_plain(stream![b"", pending]).await.unwrap();
    assert_chunks!(store.get("key").unwrap(), []);
}

#[tokio::test]
async fn compresses_and_gives_back_what_was_sent() {
    let mut store = Store::default();
    for coding in [Encoding::Gzip, Encoding::Zstd, Encoding::Brotli, Encoding::Deflate] {
        store.put("key", coding, stream!["again and " * 50, pending, "again"]).await.unwrap();
        assert!(store.objects["key"].1.concat().len() < 200);
        assert_bytes!(store.get("key").unwrap(), "again and ".repeat(50) + "again");
    }
}

#[tokio::test]
async fn an_upload_that_breaks_stores_nothing() {
    let mut store = Store::default();
    let broken = store.put_plain(stream!["half of ", error(ConnectionReset)]).await;
    assert_eq!(broken.unwrap_err().kind(), io::ErrorKind::ConnectionReset);
    assert_eq!(store.get("key").unwrap_err().kind(), io::ErrorKind::NotFound);
}

#[tokio::test]
async fn an_upload_that_breaks_under_a_codec_says_the_same() {
    let mut store = Store::default();
    let broken = store.put("key", Encoding::Zstd, stream!["half of ", pending, error({ "a reason" })]).await;
    assert_eq!(broken.unwrap_err().to_string(), "a reason");
}

#[tokio::test]
async fn exactly_the_largest_object_is_fine_and_one_byte_more_is_not() {
    let mut store = Store::default();
    store.put_plain(stream![b"x" * 1000]).await.unwrap();
    let error = store.put_plain(stream![b"x" * 1001]).await.unwrap_err();
    assert_eq!(error::find(&error), Some(&LengthError::TooLong { limit: 1000 }));
}

#[tokio::test(start_paused = true)]
async fn a_slow_upload_is_waited_for() {
    let mut store = Store::default();
    store.put_plain(stream!["tick" * 100].paced(PATIENCE / 2)).await.unwrap();
    assert_bytes!(store.get("key").unwrap(), "tick".repeat(100));
}

#[tokio::test(start_paused = true)]
async fn an_upload_that_hangs_is_given_up() {
    let mut store = Store::default();
    let error = store.put_plain(stream!["and then ", hang]).await.unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::TimedOut);
}

#[tokio::test]
async fn a_body_that_is_shorter_than_it_said_is_refused() {
    let mut store = Store::default();
    let short = FromBody::new(stream!["hello"].declared(100).raw_body());
    assert_eq!(store.put_plain(short).await.unwrap_err().kind(), io::ErrorKind::UnexpectedEof);
}

#[tokio::test]
async fn a_damaged_object_fails_where_it_is_damaged() {
    let mut store = Store::default();
    store.put("key", Encoding::Gzip, stream!["hello, world"]).await.unwrap();
    store.objects.get_mut("key").unwrap().1.pop();
    assert_error!(store.get("key").unwrap(), after "hello, world", UnexpectedEof);
}

#[test]
fn trailers_pass_a_codec() {
    let coded = Compress::new(stream!["hello", trailers { "x-crc": "1" }], Encoding::Zstd).unwrap();
    let decoded = drive(Decompress::new(coded, Encoding::Zstd).unwrap().collect()).unwrap();
    assert_eq!(decoded.trailers().unwrap()["x-crc"], "1");
    assert_eq!(decoded.to_bytes(), "hello");
}

#[test]
fn a_download_knows_its_length_only_if_it_is_plain() {
    assert_eq!(stream!["hello, ", "world"].size_hint().exact(), Some(12));
    let coded = Compress::new(stream!["hello, ", "world"], Encoding::Gzip).unwrap();
    assert_eq!(Body::size_hint(&coded).exact(), None);
}
