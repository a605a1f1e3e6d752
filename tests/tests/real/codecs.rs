//! async-compression, both its flavours, above and below derived types.

use std::io;

use async_compression::{futures::bufread as futures_codec, tokio::bufread as tokio_codec};
use byte_stream::{ByteStream, ByteStreamExt, FromFuturesRead, FromRead, FromStream};
use bytes::Bytes;
use futures::stream::BoxStream;
use futures::{StreamExt, stream};
use tokio::io::AsyncBufRead;

#[derive(ByteStream)]
enum Coded<S> {
    Plain(S),
    TokioZstd(FromRead<tokio_codec::ZstdEncoder<S>>),
    TokioGzip(FromRead<tokio_codec::GzipEncoder<S>>),
    FuturesZstd(FromFuturesRead<futures_codec::ZstdEncoder<S>>),
    FuturesGzip(FromFuturesRead<futures_codec::GzipEncoder<S>>),
}

#[derive(ByteStream)]
enum Decoded<S> {
    Plain(S),
    TokioZstd(FromRead<tokio_codec::ZstdDecoder<S>>),
    TokioGzip(FromRead<tokio_codec::GzipDecoder<S>>),
    FuturesZstd(FromFuturesRead<futures_codec::ZstdDecoder<S>>),
    FuturesGzip(FromFuturesRead<futures_codec::GzipDecoder<S>>),
}

fn there_and_back<S>(source: S, coding: usize) -> Decoded<Coded<S>>
where
    S: ByteStream + AsyncBufRead + futures::io::AsyncBufRead,
    Coded<S>: AsyncBufRead + futures::io::AsyncBufRead,
{
    match coding {
        0 => Decoded::Plain(Coded::Plain(source)),
        1 => Decoded::TokioZstd(
            tokio_codec::ZstdDecoder::new(Coded::FuturesZstd(futures_codec::ZstdEncoder::new(source).into())).into(),
        ),
        2 => Decoded::FuturesZstd(
            futures_codec::ZstdDecoder::new(Coded::TokioZstd(tokio_codec::ZstdEncoder::new(source).into())).into(),
        ),
        3 => Decoded::TokioGzip(
            tokio_codec::GzipDecoder::new(Coded::FuturesGzip(futures_codec::GzipEncoder::new(source).into())).into(),
        ),
        _ => Decoded::FuturesGzip(
            futures_codec::GzipDecoder::new(Coded::TokioGzip(tokio_codec::GzipEncoder::new(source).into())).into(),
        ),
    }
}

type Source = FromStream<BoxStream<'static, Result<Bytes, &'static str>>>;

fn source(chunk: usize, length: usize, error: Option<&'static str>) -> Source {
    let data: Vec<u8> = (0..length).map(|i| (i * i / 7) as u8).collect();
    let chunks: Vec<_> = data.chunks(chunk).map(|chunk| Ok(Bytes::copy_from_slice(chunk))).collect();
    FromStream::new(stream::iter(chunks).chain(stream::iter(error.map(Err))).boxed())
}

#[tokio::test]
async fn both_flavours_on_one_value() {
    for chunk in [1, 777, 65_536] {
        let expected = source(chunk, 100_000, None).collect_bytes().await.unwrap();
        for coding in 0..5 {
            let decoded = there_and_back(source(chunk, 100_000, None), coding);
            assert_eq!(decoded.collect_bytes().await.unwrap(), expected, "coding {coding}, chunks of {chunk}");
        }
    }
}

#[tokio::test]
async fn an_error_of_the_source_comes_out_above_two_codecs_as_what_it_was() {
    for coding in 0..5 {
        let error = there_and_back(source(777, 10_000, Some("broken")), coding).collect_bytes().await.unwrap_err();
        assert_eq!((error.kind(), error.to_string()), (io::ErrorKind::Other, "broken".to_owned()), "coding {coding}");
    }
}
