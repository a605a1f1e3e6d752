//! Failures over a real socket, through a gzip and a zstd codec: each arrives in its own variant, on both sides.

use std::io;
use std::time::Duration;

use async_compression::tokio::bufread::{GzipDecoder, GzipEncoder, ZstdEncoder};
use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::routing::post;
use byte_stream::{ByteStream, ByteStreamExt, FromBody, FromRead, FromStream, StreamError, error};
use bytes::Bytes;
use futures::{Stream, StreamExt};
use http_body_util::{BodyExt, Empty, LengthLimitError, Limited};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncBufRead, AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;

use crate::server::Server;

#[derive(Debug, thiserror::Error, StreamError)]
enum Failure {
    #[error("reqwest")]
    Reqwest(#[from] reqwest::Error),
    #[error("axum")]
    Axum(#[from] axum::Error),
    #[error("hyper")]
    Hyper(#[from] hyper::Error),
    #[error("too long")]
    TooLong(#[from] LengthLimitError),
    #[error("io")]
    #[stream_error(other)]
    Io(io::Error),
}

#[derive(ByteStream)]
#[byte_stream(error = Failure)]
enum Coded<S> {
    Plain(S),
    Gzip(FromRead<GzipEncoder<S>>),
    Zstd(FromRead<ZstdEncoder<S>>),
    GzipOfZstd(FromRead<GzipEncoder<FromRead<ZstdEncoder<S>>>>),
}

const CODINGS: usize = 4;

fn coded<S: ByteStream + AsyncBufRead>(source: S, coding: usize) -> Coded<S> {
    match coding {
        0 => Coded::Plain(source),
        1 => Coded::Gzip(GzipEncoder::new(source).into()),
        2 => Coded::Zstd(ZstdEncoder::new(source).into()),
        _ => Coded::GzipOfZstd(GzipEncoder::new(ZstdEncoder::new(source).into()).into()),
    }
}

/// The error on the `Stream` face, and the kind on a reader's.
async fn failure(stream: impl Stream<Item = Result<Bytes, Failure>>) -> (Failure, io::ErrorKind) {
    let items: Vec<_> = stream.collect().await;
    let error = items.into_iter().find_map(Result::err).expect("the stream failed");
    let carrier = error.into_io();
    let kind = carrier.kind();
    (Failure::from_io(carrier), kind)
}

/// What a server does after the head of its response and five bytes of the body.
#[derive(Clone, Copy)]
enum Then {
    Resets,
    Hangs,
}

/// A server that answers one request.
async fn misbehaving(then: Then) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let (mut socket, _) = listener.accept().await.unwrap();
        let _ = socket.read(&mut [0; 1024]).await.unwrap();
        socket.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhello").await.unwrap();
        match then {
            Then::Resets => {
                // The client shall have the head before the reset takes it away.
                tokio::time::sleep(Duration::from_millis(50)).await;
                socket.set_zero_linger().unwrap();
            }
            Then::Hangs => tokio::time::sleep(Duration::from_secs(5)).await,
        }
    });
    url
}

#[tokio::test]
async fn a_reset_connection_is_a_reqwest_error_of_that_kind() {
    for coding in 0..CODINGS {
        let response = reqwest::get(misbehaving(Then::Resets).await).await.unwrap();
        let body = FromStream::new(response.bytes_stream());
        let (failure, kind) = failure(coded(body, coding)).await;
        assert!(matches!(&failure, Failure::Reqwest(error) if error.is_body() || error.is_decode()), "{failure:?}");
        assert_eq!(kind, io::ErrorKind::ConnectionReset);
    }
}

#[tokio::test]
async fn a_timeout_is_a_reqwest_error_of_the_kind_that_it_is_given() {
    let client = reqwest::Client::builder().read_timeout(Duration::from_millis(50)).build().unwrap();
    for coding in 0..CODINGS {
        let response = client.get(misbehaving(Then::Hangs).await).send().await.unwrap();
        let body = FromStream::new(response.bytes_stream()).with_kind(|error| match error.is_timeout() {
            true => io::ErrorKind::TimedOut,
            false => error::kind(error),
        });
        let mut coded = Box::pin(coded(body, coding));
        let mut out = Vec::new();
        let read = coded.read_to_end(&mut out).await.unwrap_err();
        assert!(matches!(error::take(read), Ok(Failure::Reqwest(error)) if error.is_timeout()));
    }
}

#[tokio::test]
async fn a_reset_connection_is_a_hyper_error() {
    for coding in 0..CODINGS {
        let url = misbehaving(Then::Resets).await;
        let address = url.strip_prefix("http://").unwrap().trim_end_matches('/');
        let socket = TcpStream::connect(address).await.unwrap();
        let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(socket)).await.unwrap();
        tokio::spawn(connection);
        let request = http::Request::get("/").header("host", address).body(Empty::<Bytes>::new()).unwrap();
        let response = sender.send_request(request).await.unwrap();
        let (failure, kind) = failure(coded(FromBody::new(response.into_body()), coding)).await;
        assert!(matches!(failure, Failure::Hyper(_)), "{failure:?}");
        assert_eq!(kind, io::ErrorKind::ConnectionReset);
    }
}

/// A server that sends on what went wrong with the bodies that it was sent.
async fn reporting(limit: usize) -> (Server, mpsc::UnboundedReceiver<(Failure, io::ErrorKind)>) {
    let (report, reports) = mpsc::unbounded_channel();
    let handler = move |State(report): State<mpsc::UnboundedSender<_>>, request: Request| async move {
        let coding = request.uri().path().trim_start_matches('/').parse().unwrap();
        let limited = FromBody::new(Limited::new(request.into_body(), limit));
        let _ = report.send(failure(coded(limited, coding)).await);
    };
    let router = Router::new().route("/{coding}", post(handler)).layer(DefaultBodyLimit::disable()).with_state(report);
    (Server::start(router).await, reports)
}

#[tokio::test]
async fn a_client_that_breaks_off_is_an_axum_error() {
    let (server, mut reports) = reporting(1000).await;
    for coding in 0..CODINGS {
        let url = server.url("");
        let mut socket = TcpStream::connect(url.strip_prefix("http://").unwrap()).await.unwrap();
        let head = format!("POST /{coding} HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nhello");
        socket.write_all(head.as_bytes()).await.unwrap();
        drop(socket);
        let (failure, kind) = reports.recv().await.unwrap();
        assert!(matches!(failure, Failure::Axum(_)), "{failure:?}");
        assert_ne!(kind, io::ErrorKind::Interrupted);
    }
}

#[tokio::test]
async fn a_body_over_its_limit_is_a_length_limit_error() {
    let (server, mut reports) = reporting(8).await;
    for coding in 0..CODINGS {
        let chunks = futures::stream::iter([Ok::<_, io::Error>("much "), Ok("too "), Ok("long")]);
        let body = reqwest::Body::wrap_stream(chunks);
        let _ = reqwest::Client::new().post(server.url(&format!("/{coding}"))).body(body).send().await;
        let (failure, _) = reports.recv().await.unwrap();
        assert!(matches!(failure, Failure::TooLong(_)), "{failure:?}");
    }
}

#[tokio::test]
async fn an_error_of_a_file_keeps_its_errno_and_one_of_a_codec_its_kind() {
    for coding in 0..CODINGS {
        let directory = FromRead::new(tokio::fs::File::open("/").await.unwrap());
        let (failure, kind) = failure(coded(directory, coding)).await;
        assert!(matches!(&failure, Failure::Io(error) if error.raw_os_error() == Some(21)), "{failure:?}");
        assert_eq!(kind, io::ErrorKind::IsADirectory);
    }

    let mut gzip = Vec::new();
    GzipEncoder::new(&b"hello"[..]).read_to_end(&mut gzip).await.unwrap();
    for coding in 0..CODINGS {
        let truncated = FromRead::new(GzipDecoder::new(&gzip[..gzip.len() - 3]));
        let (failure, kind) = failure(coded(truncated, coding)).await;
        assert!(matches!(failure, Failure::Io(_)), "{failure:?}");
        assert_eq!(kind, io::ErrorKind::UnexpectedEof);
    }
}

#[tokio::test]
async fn no_space_on_the_writer_is_nobodys_but_the_writers() {
    for coding in 0..CODINGS {
        let mut full = tokio::fs::OpenOptions::new().write(true).open("/dev/full").await.unwrap();
        let mut stream = coded(FromStream::new(futures::stream::iter(["hello"])), coding);
        let error = stream.copy_to(&mut full).await.unwrap_err();
        assert_eq!(error.raw_os_error(), Some(28));
        assert!(error::find::<Failure>(&error).is_none());
    }
}

/// Without `error = ..` the body's face shows the payload, so that whoever walks it finds what it was.
#[tokio::test]
async fn a_walker_finds_the_hyper_error_behind_the_body_face() {
    #[derive(ByteStream)]
    struct Untyped<S>(S);

    let response = reqwest::get(misbehaving(Then::Resets).await).await.unwrap();
    let mut body = std::pin::pin!(Untyped(FromStream::new(response.bytes_stream())));
    let error = body.as_body().collect().await.unwrap_err();
    let walked = std::iter::successors(Some(&*error as &(dyn std::error::Error + 'static)), |&error| error.source());
    assert_eq!(walked.filter(|error| error.is::<hyper::Error>()).count(), 1);
}
