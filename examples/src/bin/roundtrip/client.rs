//! The client: sends a file, and writes what comes back.

use std::error::Error;
use std::path::Path;
use std::pin::pin;
use std::sync::atomic::{AtomicU64, Ordering};

use byte_stream::adapter::Progress;
use byte_stream::codec::Encoding;
use byte_stream::{ByteStream, ByteStreamExt, FromFile, FromStream, Inspect};
use bytes::Bytes;
use futures_util::StreamExt;
use indicatif::ProgressBar;
use reqwest::header::CONTENT_ENCODING;
use reqwest::{Body, Client, Response};
use tokio::fs::File;

use crate::coding::{decoded, encoded};

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
    coding: Encoding,
    progress: &ProgressBar,
) -> Result<Sent> {
    let file = Inspect::new(FromFile::open(path).await?, Progress::new(progress.clone()));
    let encoded = encoded(file, coding)?;
    let (_, length) = encoded.bytes_left();
    let request = client.put(url).header(CONTENT_ENCODING, coding.name()).body(Body::wrap(encoded.into_sync()));
    let answer = whole(request.send().await?).await?.text().await?;
    Ok(Sent { wire: answer.parse()?, length })
}

pub(crate) async fn download(
    client: &Client,
    url: &str,
    path: &Path,
    coding: Encoding,
    progress: &ProgressBar,
) -> Result<Sent> {
    let response = whole(client.get(url).send().await?).await?;
    let length = response.content_length();
    let count = AtomicU64::new(0);
    let wire = response.bytes_stream().inspect(|chunk| {
        count.fetch_add(chunk.as_ref().map_or(0, Bytes::len) as u64, Ordering::Relaxed);
    });
    let mut file = progress.wrap_async_write(File::create(path).await?);
    pin!(decoded(FromStream::new(wire), coding)?).copy_to(&mut file).await?;
    Ok(Sent { wire: count.load(Ordering::Relaxed), length })
}

/// The response, if it is one of success; else what the server says.
async fn whole(response: Response) -> Result<Response> {
    match response.error_for_status_ref() {
        Ok(_) => Ok(response),
        Err(error) => Err(format!("{error}: {}", response.text().await?).into()),
    }
}
