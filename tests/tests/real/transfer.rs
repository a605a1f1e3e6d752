//! From reqwest, to axum, and back.

use std::io;

use async_compression::tokio::bufread::{ZstdDecoder, ZstdEncoder};
use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use axum::routing::{get, post};
use byte_stream::adapter::Digester;
use byte_stream::{
    BoxByteStream, ByteStream, ByteStreamExt, FromBody, FromRead, FromStream, Inspect, Trailers, stream,
};
use bytes::Bytes;
use futures::stream::BoxStream;
use futures::{Stream, StreamExt};
use http::{HeaderMap, HeaderName};
use http_body::{Body as _, Frame};
use http_body_util::{BodyExt, Full, StreamBody};
use sha2::Sha256;

use crate::server::Server;

#[derive(ByteStream)]
enum Upload<S> {
    Plain(FromStream<S>),
    Zstd(FromRead<ZstdEncoder<FromStream<S>>>),
}

async fn echo(request: Request) -> Response {
    let mut response = Response::new(Body::new(FromBody::new(request.into_body())));
    response.headers_mut().insert("trailer", "x-crc".parse().unwrap());
    response
}

async fn echo_server() -> Server {
    Server::start(Router::new().route("/", post(echo))).await
}

/// Nothing here says what is converted into what.
#[tokio::test]
async fn a_response_becomes_an_upload_by_into() {
    let server = echo_server().await;
    let client = reqwest::Client::new();
    let respond = || async { client.post(server.url("/")).body("hello ".repeat(1000)).send().await.unwrap() };

    let plain = Upload::Plain(respond().await.bytes_stream().into());
    assert_eq!(plain.collect_string().await.unwrap(), "hello ".repeat(1000));

    let body = respond().await.bytes_stream();
    let zstd = Upload::Zstd(ZstdEncoder::new(body.into()).into());
    let uploaded = client.post(server.url("/")).body(reqwest::Body::wrap_stream(zstd)).send().await.unwrap();
    let decoded = FromRead::new(ZstdDecoder::new(FromStream::new(uploaded.bytes_stream())));
    assert_eq!(decoded.collect_string().await.unwrap(), "hello ".repeat(1000));
}

#[test]
fn boxed_and_unnameable_streams_infer_too() {
    fn boxed(stream: BoxStream<'static, io::Result<Bytes>>) -> Upload<BoxStream<'static, io::Result<Bytes>>> {
        Upload::Plain(stream.into())
    }
    fn unnameable(zstd: bool) -> Upload<impl Stream<Item = Result<Vec<u8>, &'static str>>> {
        let stream = futures::stream::iter([Ok(vec![1]), Err("broken")]);
        if zstd { Upload::Zstd(ZstdEncoder::new(stream.into()).into()) } else { Upload::Plain(stream.into()) }
    }
    drop(boxed(futures::stream::empty().boxed()));
    drop((unnameable(true), unnameable(false)));
}

#[tokio::test]
async fn a_length_survives_both_ways() {
    let server = echo_server().await;
    let client = reqwest::Client::new();
    let body = reqwest::Body::wrap(stream!["hello, ", "world"].into_sync());
    let response = client.post(server.url("/")).body(body).send().await.unwrap();
    assert_eq!(response.content_length(), Some(12), "not chunked");
    assert_eq!(response.text().await.unwrap(), "hello, world");
}

fn trailers() -> HeaderMap {
    HeaderMap::from_iter([("x-crc".parse().unwrap(), "1234".parse().unwrap())])
}

#[tokio::test]
async fn trailers_survive_a_server_that_sends_back_what_comes() {
    let server = echo_server().await;
    // Without a length, since an HTTP/1 message has either that or trailers.
    let frames = [Frame::data(Bytes::from_static(b"hello")), Frame::trailers(trailers())].map(io::Result::Ok);
    let body = reqwest::Body::wrap(FromBody::new(StreamBody::new(futures::stream::iter(frames))));
    let request = reqwest::Client::new().post(server.url("/")).header("te", "trailers").header("trailer", "x-crc");
    let response = request.body(body).send().await.unwrap();
    let mut back = FromBody::new(http::Response::<reqwest::Body>::from(response).into_body());
    assert_eq!((&mut back).collect_string().await.unwrap(), "hello");
    let got = std::future::poll_fn(|cx| std::pin::Pin::new(&mut back).poll_trailers(cx)).await.unwrap().unwrap();
    assert_eq!(HeaderMap::from(got), trailers());
}

/// HTTP/1 has either a length or trailers, and axum sends the length where a body says it.
async fn download_with_digest(content: &'static str) -> (String, Trailers) {
    let download = async move || {
        let digester = Digester::<Sha256>::new().as_trailer(HeaderName::from_static("x-sha256"));
        ([("trailer", "x-sha256")], Body::new(Inspect::new(Bytes::from(content), digester)))
    };
    let server = Server::start(Router::new().route("/", get(download))).await;
    let response = reqwest::Client::new().get(server.url("/")).header("te", "trailers").send().await.unwrap();
    let mut body = FromBody::new(http::Response::<reqwest::Body>::from(response).into_body());
    let got = (&mut body).collect_string().await.unwrap();
    let trailers = std::future::poll_fn(|cx| std::pin::Pin::new(&mut body).poll_trailers(cx)).await;
    (got, trailers.map(Result::unwrap).unwrap_or_default())
}

#[tokio::test]
async fn a_digest_follows_a_body_whose_length_is_known() {
    let (got, trailers) = download_with_digest("hello").await;
    let digest = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";
    assert_eq!((&got[..], &trailers.fields()["x-sha256"]), ("hello", &digest.parse().unwrap()));
}

#[tokio::test]
async fn a_digest_follows_a_body_that_is_empty() {
    let (got, trailers) = download_with_digest("").await;
    let digest = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    assert_eq!((&got[..], trailers.fields().get("x-sha256")), ("", Some(&digest.parse().unwrap())));
}

#[tokio::test]
async fn trailers_survive_a_box_and_bytes_that_were_read_in_between() {
    let body = Full::<Bytes>::from("hello").with_trailers(async { Some(Ok(trailers())) });
    let mut boxed: BoxByteStream<'_> = FromBody::new(body).into_box();
    let mut two = [0; 2];
    tokio::io::AsyncReadExt::read_exact(&mut boxed, &mut two).await.unwrap();
    let collected = boxed.as_body().collect().await.unwrap();
    assert_eq!(collected.trailers(), Some(&trailers()));
    assert_eq!((&two, &collected.to_bytes()[..]), (b"he", &b"llo"[..]));
    assert!(Trailers::default().is_empty());
    assert!(FromBody::new(Full::<Bytes>::default()).is_end_stream());
}
