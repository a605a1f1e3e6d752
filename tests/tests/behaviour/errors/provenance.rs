//! Whose fault was it? The error of a client, found again wherever it has got to.

use std::error::Error;
use std::io;
use std::sync::Arc;

use async_compression::tokio::bufread::ZstdEncoder;
use byte_stream::{ByteStreamExt, FromRead, FromStream, StreamError, error};
use bytes::Bytes;
use futures::stream::{self, BoxStream};
use futures::{StreamExt, TryStreamExt};

#[derive(Clone, Debug, thiserror::Error, StreamError)]
#[error(transparent)]
struct ClientError(Arc<dyn Error + Send + Sync>);

#[derive(Debug, thiserror::Error)]
#[error("send failed")]
struct Transport(#[source] Box<dyn Error + Send + Sync>);

#[derive(Debug, thiserror::Error)]
#[error("abort")]
struct Abort;

/// Not `Clone`, so it can only be lent or moved.
#[derive(Debug, thiserror::Error, PartialEq)]
#[error("once")]
struct Once;

type Broken = FromStream<BoxStream<'static, Result<Bytes, ClientError>>>;

fn broken(error: ClientError) -> Broken {
    FromStream::new(stream::iter([Ok("ab".into()), Ok("cd".into()), Err(error)]).boxed())
}

fn client_error() -> (ClientError, Arc<dyn Error + Send + Sync>) {
    let cause: Arc<dyn Error + Send + Sync> = Arc::new(Abort);
    (ClientError(cause.clone()), cause)
}

fn is_found(error: &(dyn Error + 'static), cause: &Arc<dyn Error + Send + Sync>) -> bool {
    error::find::<ClientError>(error).is_some_and(|found| Arc::ptr_eq(&found.0, cause))
}

#[tokio::test]
async fn a_copy_has_written_what_came_before_and_yields_the_same_error() {
    let (error, cause) = client_error();
    let mut out = Vec::new();
    let error = tokio::io::copy(&mut broken(error), &mut out).await.unwrap_err();
    assert_eq!(out, b"abcd");
    assert!(is_found(&error, &cause));

    let walked = std::iter::successors(error.source(), |&error| error.source());
    assert_eq!(walked.filter(|error| error.is::<ClientError>()).count(), 0, "std's own chain does not show it");
}

#[tokio::test]
async fn it_is_found_behind_a_transport_error_and_two_carriers() {
    let (error, cause) = client_error();
    let wrapped = Transport(Box::new(io::Error::other(io::Error::other(error))));
    assert!(is_found(&wrapped, &cause));
}

#[tokio::test]
async fn it_is_found_after_a_codec() {
    let (error, cause) = client_error();
    let encoded = FromRead::new(ZstdEncoder::new(broken(error)));
    let error = encoded.try_collect::<Vec<Bytes>>().await.unwrap_err();
    assert!(is_found(&error, &cause));
}

#[tokio::test]
async fn it_is_not_found_in_a_failure_of_the_writer() {
    let mut good = FromStream::new(stream::iter(["ab"]));
    let mut full = tokio::fs::OpenOptions::new().write(true).open("/dev/full").await.unwrap();
    let error = good.copy_to(&mut full).await.unwrap_err();
    assert_eq!((error.kind(), error.raw_os_error()), (io::ErrorKind::StorageFull, Some(28)));
    assert!(error::find::<ClientError>(&error).is_none());
}

#[tokio::test]
async fn an_error_that_is_not_clone_is_lent_or_taken() {
    let failed = || FromStream::new(stream::iter([Err::<Bytes, _>(Once)]));
    let error = failed().collect_bytes().await.unwrap_err();
    assert_eq!(error::find(&error), Some(&Once));
    assert_eq!(error::take::<Once>(error).unwrap(), Once);
}
