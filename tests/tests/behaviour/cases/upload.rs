//! An upload body: three kinds of source, compressed only sometimes.

use std::io;

use async_compression::tokio::bufread::{ZstdDecoder, ZstdEncoder};
use byte_stream::{ByteStream, ByteStreamExt, FromRead, FromStream, SyncByteStream};
use bytes::Bytes;
use futures::stream::{self, BoxStream};
use futures::{StreamExt, TryStreamExt};
use http_body::Body;
use tokio::io::AsyncReadExt;

#[derive(ByteStream)]
enum Source {
    Buffer(Bytes),
    Stream(FromStream<BoxStream<'static, io::Result<Bytes>>>),
    File(FromRead<tokio::fs::File>),
}

#[derive(ByteStream)]
enum Upload {
    Plain(Source),
    Zstd(FromRead<ZstdEncoder<Source>>),
}

impl Upload {
    fn new(source: Source, zstd: bool) -> Self {
        if zstd { Upload::Zstd(ZstdEncoder::new(source).into()) } else { Upload::Plain(source) }
    }
}

fn buffer(bytes: impl Into<Bytes>) -> Source {
    Source::Buffer(bytes.into())
}

async fn file(data: &[u8]) -> (Source, tempfile::TempPath) {
    let path = tempfile::NamedTempFile::new().unwrap().into_temp_path();
    std::fs::write(&path, data).unwrap();
    (Source::File(tokio::fs::File::open(&path).await.unwrap().into()), path)
}

#[tokio::test]
async fn a_buffer_is_one_chunk_of_known_length() {
    let bytes = Bytes::from_static(b"hello");
    let pointer = bytes.as_ptr();
    let mut upload = Upload::new(buffer(bytes), false);
    assert_eq!(Body::size_hint(&upload).exact(), Some(5));
    assert!(!upload.is_end_stream());
    let chunk = upload.next().await.unwrap().unwrap();
    assert_eq!(chunk.as_ptr(), pointer);
    assert!(upload.is_end_stream());
    assert_eq!(Body::size_hint(&upload).exact(), Some(0));
    assert!(upload.next().await.is_none());
}

#[tokio::test]
async fn an_empty_buffer_is_at_its_end_from_the_start() {
    let mut empty = Upload::new(buffer(""), false);
    assert!(empty.is_end_stream());
    assert_eq!(empty.bytes_left(), (0, Some(0)));
    assert!(empty.next().await.is_none());
}

#[tokio::test]
async fn a_file_comes_in_few_chunks() {
    let data = vec![7; 300_000];
    let (source, _path) = file(&data).await;
    let chunks: Vec<Bytes> = Upload::new(source, false).try_collect().await.unwrap();
    assert_eq!(chunks.concat(), data);
    // A file that has each read ready at once is read like memory, in blocks of 16 KiB, by who keeps all of it.
    assert!(chunks.len() <= 20, "{} chunks", chunks.len());
}

#[tokio::test]
async fn each_source_compressed_decompresses_to_itself() {
    let data = vec![7; 300_000];
    let (file, _path) = file(&data).await;
    let pieces: Vec<_> = data.chunks(777).map(|piece| Ok(Bytes::copy_from_slice(piece))).collect();
    let pieces = Source::Stream(stream::iter(pieces).boxed().into());
    for source in [buffer(data.clone()), pieces, file] {
        let upload = Upload::new(source, true);
        assert_eq!(upload.bytes_left(), (0, None), "a compressed length is unknown");
        let wire = upload.collect_bytes().await.unwrap();
        let mut out = Vec::new();
        ZstdDecoder::new(&wire[..]).read_to_end(&mut out).await.unwrap();
        assert_eq!(out, data);
    }
}

#[tokio::test]
async fn an_error_in_the_middle_is_the_same_plain_and_compressed() {
    for zstd in [false, true] {
        let broken = [Ok(Bytes::from_static(b"ab")), Err(io::Error::new(io::ErrorKind::ConnectionReset, "gone"))];
        let mut upload = Upload::new(Source::Stream(stream::iter(broken).boxed().into()), zstd);
        let mut before = Vec::new();
        let error = loop {
            match upload.next().await.unwrap() {
                Ok(chunk) => before.extend_from_slice(&chunk),
                Err(error) => break error,
            }
        };
        assert_eq!(error.kind(), io::ErrorKind::ConnectionReset);
        assert_eq!(error.get_ref().unwrap().to_string(), "gone");
        assert!(zstd || before == b"ab", "{before:?}");
        assert!(upload.next().await.is_none());
    }
}

#[tokio::test]
async fn reqwest_and_axum_accept_it() {
    let upload = || Upload::new(buffer("hello"), false);
    let _ = reqwest::Body::wrap_stream(upload());
    let wrapped = reqwest::Body::wrap(SyncByteStream::new(upload()));
    assert_eq!(wrapped.size_hint().exact(), Some(5), "`wrap` keeps the length");
    let body = axum::body::Body::new(upload());
    assert_eq!(body.size_hint().exact(), Some(5));
    assert_eq!(axum::body::to_bytes(body, 5).await.unwrap(), "hello");
}
