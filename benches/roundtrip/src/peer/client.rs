//! The client: sends a file, and writes what comes back.

use std::error::Error;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use bytes::Bytes;
use futures_util::{StreamExt, TryStreamExt};
use indicatif::ProgressBar;
use reqwest::header::{CONTENT_ENCODING, CONTENT_LENGTH};
use reqwest::{Body, Client, Response};
use tokio::fs::File;
use tokio::io::{AsyncWriteExt, copy_buf};
use tokio_util::io::{ReaderStream, StreamReader};

use super::Buffers;
use super::coding::{Coding, decoded, encoded};

pub(crate) type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

/// What went over the wire.
pub(crate) struct Sent {
    pub(crate) wire: u64,
    pub(crate) length: Option<u64>,
}

pub(crate) async fn upload(
    client: &Client,
    url: &str,
    path: &Path,
    coding: Coding,
    progress: &ProgressBar,
    buffers: Buffers,
) -> Result<Sent> {
    let file = File::open(path).await?;
    let length = (coding == Coding::Identity).then_some(file.metadata().await?.len());
    let file = progress.wrap_async_read(file);
    let encoded = encoded(file, coding, buffers.reader);
    let body = Body::wrap_stream(ReaderStream::with_capacity(encoded, buffers.stream));
    let mut request = client.put(url).header(CONTENT_ENCODING, coding.name()).body(body);
    if let Some(length) = length {
        request = request.header(CONTENT_LENGTH, length);
    }
    let answer = whole(request.send().await?).await?.text().await?;
    Ok(Sent { wire: answer.parse()?, length })
}

pub(crate) async fn download(
    client: &Client,
    url: &str,
    path: &Path,
    coding: Coding,
    progress: &ProgressBar,
    buffers: Buffers,
) -> Result<Sent> {
    let response = whole(client.get(url).send().await?).await?;
    let length = response.content_length();
    let count = Arc::new(AtomicU64::new(0));
    let counter = Arc::clone(&count);
    let wire = response.bytes_stream().map_err(io::Error::other).inspect(move |chunk| {
        counter.fetch_add(chunk.as_ref().map_or(0, Bytes::len) as u64, Ordering::Relaxed);
    });
    let mut decoded = decoded(StreamReader::new(wire), coding, buffers.reader);
    let mut file = progress.wrap_async_write(File::create(path).await?);
    copy_buf(&mut decoded, &mut file).await?;
    file.flush().await?;
    Ok(Sent { wire: count.load(Ordering::Relaxed), length })
}

/// The response, if it is one of success; else what the server says.
async fn whole(response: Response) -> Result<Response> {
    match response.error_for_status_ref() {
        Ok(_) => Ok(response),
        Err(error) => Err(format!("{error}: {}", response.text().await?).into()),
    }
}
