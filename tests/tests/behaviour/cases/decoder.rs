//! One decoder type for all content codings.

use std::io;

use async_compression::tokio::bufread::{GzipDecoder, GzipEncoder, ZstdDecoder, ZstdEncoder};
use byte_stream::{ByteStream, ByteStreamExt, FromBufRead, FromRead, FromStream};
use bytes::Bytes;
use futures::Stream;
use tokio::io::{AsyncBufRead, AsyncBufReadExt, AsyncReadExt};

#[derive(ByteStream)]
pub(super) struct Decoder<R>(Inner<R>);

#[derive(ByteStream)]
enum Inner<R> {
    Identity(FromBufRead<R>),
    Gzip(FromRead<GzipDecoder<R>>),
    Zstd {
        inner: FromRead<ZstdDecoder<R>>,
    },
    #[cfg(any())]
    Brotli(FromRead<CodecThatIsNotThere<R>>),
}

#[derive(Clone, Copy, PartialEq)]
enum Coding {
    Identity,
    Gzip,
    Zstd,
}

impl<R: AsyncBufRead> Decoder<R> {
    fn new(coding: Coding, source: R) -> Self {
        Decoder(match coding {
            Coding::Identity => Inner::Identity(source.into()),
            Coding::Gzip => Inner::Gzip(GzipDecoder::new(source).into()),
            Coding::Zstd => {
                let mut decoder = ZstdDecoder::new(source);
                decoder.multiple_members(true);
                Inner::Zstd { inner: decoder.into() }
            }
        })
    }
}

async fn encode(coding: Coding, data: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    match coding {
        Coding::Identity => out.extend_from_slice(data),
        Coding::Gzip => drop(GzipEncoder::new(data).read_to_end(&mut out).await.unwrap()),
        Coding::Zstd => drop(ZstdEncoder::new(data).read_to_end(&mut out).await.unwrap()),
    }
    out
}

/// Not `Unpin`, and pending before each chunk.
fn wire(data: Vec<u8>, size: usize) -> FromStream<impl Stream<Item = io::Result<Bytes>>> {
    FromStream::new(async_stream::stream! {
        for chunk in data.chunks(size) {
            tokio::task::yield_now().await;
            yield Ok(Bytes::copy_from_slice(chunk));
        }
    })
}

#[tokio::test]
async fn every_coding_in_wire_chunks_of_every_size() {
    let data: Vec<u8> = (0..5000_u32).flat_map(u32::to_le_bytes).collect();
    for coding in [Coding::Identity, Coding::Gzip, Coding::Zstd] {
        for size in [1, 13, 4096] {
            let decoder = Decoder::new(coding, wire(encode(coding, &data).await, size));
            assert_eq!(decoder.collect_vec().await.unwrap(), data);
        }
    }
}

#[tokio::test]
async fn concatenated_frames_decode_if_the_codec_is_so_configured() {
    let mut two = encode(Coding::Zstd, b"hello ").await;
    two.extend(encode(Coding::Zstd, b"world").await);
    assert_eq!(Decoder::new(Coding::Zstd, &two[..]).collect_vec().await.unwrap(), b"hello world");
}

#[tokio::test]
async fn truncated_gzip_is_an_unexpected_end() {
    let gzip = encode(Coding::Gzip, &[1; 9000]).await;
    let truncated = Decoder::new(Coding::Gzip, &gzip[..gzip.len() - 5]);
    assert_eq!(truncated.collect_vec().await.unwrap_err().kind(), io::ErrorKind::UnexpectedEof);
}

#[tokio::test]
async fn lines_work_in_every_coding() {
    for coding in [Coding::Identity, Coding::Gzip, Coding::Zstd] {
        let encoded = encode(coding, b"a\nb\n").await;
        let mut lines = Decoder::new(coding, &encoded[..]).lines();
        assert_eq!(lines.next_line().await.unwrap().as_deref(), Some("a"));
        assert_eq!(lines.next_line().await.unwrap().as_deref(), Some("b"));
    }
}

#[tokio::test]
async fn a_borrowed_source_keeps_its_rest() {
    let mut owner = &b"xyz"[..];
    let mut one = [0];
    Decoder::new(Coding::Identity, &mut owner).read_exact(&mut one).await.unwrap();
    assert_eq!(owner, b"yz");
}
