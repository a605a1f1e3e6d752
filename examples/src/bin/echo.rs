//! An axum handler that sends the incoming stream right back out, its length and its trailers kept.

use std::error::Error;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, Response};
use axum::routing::post;
use byte_stream::FromBody;
use http_body_util::{BodyExt, Full};
use tokio::net::TcpListener;

async fn echo(request: Request) -> Response<Body> {
    let incoming = FromBody::new(request.into_body());
    Response::new(Body::new(incoming))
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error + Send + Sync>> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}/", listener.local_addr()?);
    tokio::spawn(async { axum::serve(listener, Router::new().route("/", post(echo))).await });

    // HTTP/2 has a length and trailers on one message.
    let client = reqwest::Client::builder().http2_prior_knowledge().build()?;
    let trailers = HeaderMap::from_iter([("x-checksum".parse()?, "5d41402a".parse()?)]);
    let body = Full::<Bytes>::from("hello").with_trailers(async { Some(Ok(trailers)) });
    let response = client.post(url).header("content-length", "5").body(reqwest::Body::wrap(body)).send().await?;

    println!("status:   {}", response.status());
    println!("length:   {:?}", response.content_length());
    let collected = Response::<reqwest::Body>::from(response).into_body().collect().await?;
    println!("trailers: {:?}", collected.trailers());
    println!("body:     {:?}", collected.to_bytes());
    Ok(())
}
