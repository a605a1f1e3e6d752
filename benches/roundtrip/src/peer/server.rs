//! The server: stores what comes, decompressing where asked, and sends it back plain or compressed.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::header::{CONTENT_ENCODING, CONTENT_LENGTH};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use bytes::Bytes;
use futures_util::{StreamExt, TryStreamExt};
use tokio::fs::File;
use tokio::io::{AsyncWriteExt, copy_buf};
use tokio::net::TcpListener;
use tokio_util::io::{ReaderStream, StreamReader};

use super::Buffers;
use super::coding::{Coding, decoded, encoded};

#[derive(Clone)]
struct Store {
    dir: Arc<PathBuf>,
    buffers: Buffers,
}

/// Serves a store in `dir` until the program ends, and says where.
pub(crate) async fn start(dir: PathBuf, buffers: Buffers) -> io::Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}", listener.local_addr()?);
    let store = Store { dir: Arc::new(dir), buffers };
    let router = Router::new()
        .route("/{coding}", get(download).put(upload))
        .layer(DefaultBodyLimit::disable())
        .with_state(store);
    tokio::spawn(async { axum::serve(listener, router).await });
    Ok(url)
}

/// A failure of the transfer, for the client to read.
struct Failure(StatusCode, String);

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Failure(StatusCode::BAD_REQUEST, error.to_string())
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        (self.0, self.1).into_response()
    }
}

fn stored(store: &Store, coding: &str) -> PathBuf {
    store.dir.join(format!("stored-{coding}"))
}

/// The coding of a body, as its headers name it.
fn coding(headers: &HeaderMap) -> Result<Coding, Failure> {
    let Some(value) = headers.get(CONTENT_ENCODING) else { return Ok(Coding::Identity) };
    let coding = value.to_str().ok().and_then(Coding::from_name);
    coding.ok_or_else(|| Failure(StatusCode::UNSUPPORTED_MEDIA_TYPE, format!("no coding is called {value:?}")))
}

/// Answers with the number of bytes on the wire.
async fn upload(
    State(store): State<Store>,
    Path(name): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<String, Failure> {
    let coding = coding(&headers)?;
    let count = Arc::new(AtomicU64::new(0));
    let counter = Arc::clone(&count);
    let wire = body.into_data_stream().map_err(io::Error::other).inspect(move |chunk| {
        counter.fetch_add(chunk.as_ref().map_or(0, Bytes::len) as u64, Ordering::Relaxed);
    });
    let mut file = File::create(stored(&store, &name)).await?;
    let mut decoded = decoded(StreamReader::new(wire), coding, store.buffers.reader);
    copy_buf(&mut decoded, &mut file).await?;
    file.flush().await?;
    Ok(count.load(Ordering::Relaxed).to_string())
}

async fn download(State(store): State<Store>, Path(name): Path<String>) -> Result<Response, Failure> {
    let Some(coding) = Coding::from_name(&name) else {
        return Err(Failure(StatusCode::NOT_FOUND, format!("no coding is called {name}")));
    };
    let file = File::open(stored(&store, &name)).await?;
    let length = file.metadata().await?.len();
    let encoded = encoded(file, coding, store.buffers.reader);
    let body = Body::from_stream(ReaderStream::with_capacity(encoded, store.buffers.stream));
    let mut response = Response::new(body);
    let headers = response.headers_mut();
    headers.insert(CONTENT_ENCODING, HeaderValue::from_static(coding.name()));
    if coding == Coding::Identity {
        headers.insert(CONTENT_LENGTH, length.into());
    }
    Ok(response)
}
