//! The server: stores what comes, decompressing where asked, and sends it back plain or compressed.

use std::io;
use std::path::PathBuf;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::header::CONTENT_ENCODING;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use byte_stream::codec::{Compress, Encoding, EncodingError};
use byte_stream::{ByteStreamExt, FromFile, FromStream};
use bytes::{Bytes, BytesMut};
use futures_util::StreamExt;
use tokio::fs::File;
use tokio::net::TcpListener;

use crate::coding::{decoded, encoded};

/// What the server does to what it sends.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Honesty {
    Honest,
    /// One bit of what is compressed is not what it was.
    Corrupts,
}

#[derive(Clone)]
struct Store {
    dir: Arc<PathBuf>,
    honesty: Honesty,
}

/// Serves a store in `dir` until the program ends, and says where.
pub(crate) async fn start(dir: PathBuf, honesty: Honesty) -> io::Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}", listener.local_addr()?);
    let store = Store { dir: Arc::new(dir), honesty };
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

impl From<EncodingError> for Failure {
    fn from(error: EncodingError) -> Self {
        Failure(StatusCode::UNSUPPORTED_MEDIA_TYPE, error.to_string())
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

/// Answers with the number of bytes on the wire.
async fn upload(
    State(store): State<Store>,
    Path(name): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<String, Failure> {
    let coding = headers.get(CONTENT_ENCODING).map_or(Ok(Encoding::Identity), Encoding::try_from)?;
    let count = Arc::new(AtomicU64::new(0));
    let wire = body.into_data_stream().inspect(|chunk| {
        let n = chunk.as_ref().map_or(0, Bytes::len);
        count.fetch_add(n as u64, Ordering::Relaxed);
    });
    let mut file = File::create(stored(&store, &name)).await?;
    pin!(decoded(FromStream::new(wire), coding)?).copy_to(&mut file).await?;
    Ok(count.load(Ordering::Relaxed).to_string())
}

async fn download(State(store): State<Store>, Path(name): Path<String>) -> Result<Response, Failure> {
    let Ok(coding) = name.parse::<Encoding>() else {
        return Err(Failure(StatusCode::NOT_FOUND, format!("no coding is called {name}")));
    };
    let encoded = encoded(FromFile::open(stored(&store, &name)).await?, coding)?;
    let body = if store.honesty == Honesty::Corrupts && coding != Encoding::Identity {
        Body::new(FromStream::new(corrupted(encoded)))
    } else {
        Body::new(encoded)
    };
    let mut response = Response::new(body);
    response.headers_mut().insert(CONTENT_ENCODING, coding.into());
    Ok(response)
}

/// Flips one bit in the middle of the second chunk.
fn corrupted(encoded: Compress<FromFile>) -> impl futures_util::Stream<Item = io::Result<Bytes>> + Send {
    encoded.enumerate().map(|(i, chunk)| {
        let chunk = chunk?;
        if i != 1 {
            return Ok(chunk);
        }
        let mut damaged = BytesMut::from(chunk);
        let middle = damaged.len() / 2;
        damaged[middle] ^= 1;
        Ok(damaged.freeze())
    })
}
