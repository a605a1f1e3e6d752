//! Errors that somebody above looks for.

use std::error::Error;
use std::io;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{DefaultBodyLimit, FromRequest, Request};
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use byte_stream::{ByteStream, ByteStreamExt, FromBody, FromStream};
use http_body_util::{BodyExt, LengthLimitError, Limited};

use crate::server::Server;

#[derive(ByteStream)]
struct Incoming<B> {
    body: FromBody<B>,
}

/// Puts a derived body under the extractors.
async fn derived(request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let body = Incoming { body: FromBody::new(Limited::new(body, 8)) };
    next.run(Request::from_parts(parts, Body::new(body))).await
}

async fn extract(request: Request) -> Response {
    match Bytes::from_request(request, &()).await {
        Ok(bytes) => bytes.into_response(),
        Err(rejection) => rejection.into_response(),
    }
}

#[tokio::test]
async fn axum_answers_413_to_a_length_limit_error_that_came_through_a_derived_body() {
    let router = Router::new().route("/", post(extract)).layer(from_fn(derived)).layer(DefaultBodyLimit::disable());
    let server = Server::start(router).await;
    let client = reqwest::Client::new();
    let post = |body: &'static str| client.post(server.url("/")).body(reqwest::Body::wrap_stream(chunks(body))).send();
    assert_eq!(post("short").await.unwrap().text().await.unwrap(), "short");
    assert_eq!(post("much too long").await.unwrap().status(), StatusCode::PAYLOAD_TOO_LARGE);
}

/// Without a length, so that the limit is hit while the body is read.
fn chunks(text: &'static str) -> FromStream<impl futures::Stream<Item = &'static str> + Send> {
    FromStream::new(futures::stream::iter([text]))
}

#[tokio::test]
async fn the_body_face_shows_the_error_itself_and_the_others_the_carrier() {
    let too_long = || Incoming { body: FromBody::new(Limited::new(Body::from("much too long"), 8)) };
    assert!(too_long().collect().await.unwrap_err().is::<LengthLimitError>());
    let carrier: io::Error = too_long().collect_bytes().await.unwrap_err();
    assert!(carrier.downcast::<LengthLimitError>().is_ok());
}

#[tokio::test]
async fn a_reqwest_error_keeps_what_it_was_and_takes_the_kind_that_it_is_given() {
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let refused = || async { reqwest::get(format!("http://{nobody}/")).await.map(|_| Bytes::new()) };

    let body = FromStream::new(futures::stream::once(refused()));
    let error = body.collect_bytes().await.unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::ConnectionRefused, "the kind of the io::Error in its chain");
    assert!(error.downcast::<reqwest::Error>().unwrap().is_connect());

    let body = FromStream::new(futures::stream::once(refused()))
        .with_kind(|error| if error.is_connect() { io::ErrorKind::HostUnreachable } else { io::ErrorKind::Other });
    let error = body.collect_bytes().await.unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::HostUnreachable);
    assert!(error.downcast::<reqwest::Error>().is_ok());

    let body = FromStream::new(futures::stream::once(refused())).map_error(|_| "replaced");
    let error = body.collect_bytes().await.unwrap_err();
    assert_eq!(error.to_string(), "replaced");
    assert!(error.source().is_none());
}
