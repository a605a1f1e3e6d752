//! What is answered when something goes wrong.

use std::io;

use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use byte_stream::StreamError;
use byte_stream::codec::{EncodingError, LimitError};
use byte_stream::error::{DigestError, LengthError, TimeoutError, chain, find, kind};
use tracing::info;

/// What went wrong with what a client sends, and not with the disk. It says its kind, so that it stays in the chain.
#[derive(Debug, thiserror::Error, StreamError)]
#[error("the upload is broken")]
#[stream_error(kind = InvalidData)]
pub(crate) struct Broken(#[source] io::Error);

pub(crate) struct Fault {
    status: StatusCode,
    message: String,
    header: Option<(HeaderName, HeaderValue)>,
}

impl Fault {
    pub(crate) fn new(status: StatusCode, message: impl Into<String>) -> Self {
        Fault { status, message: message.into(), header: None }
    }

    pub(crate) fn with_header(self, name: HeaderName, value: HeaderValue) -> Self {
        Fault { header: Some((name, value)), ..self }
    }
}

/// Whatever an error has passed on its way, a decoder or a server, what it was is still in it.
impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        let Some(status) = fault_of_client(&error) else {
            // What the disk says is for the log: there may be paths in it.
            info!(%error, "the disk");
            let kind = kind(&error);
            return Fault::new(fault_of_disk(kind), kind.to_string());
        };
        let mut causes: Vec<String> = chain(&error).map(ToString::to_string).collect();
        // A carrier says what its payload says.
        causes.dedup();
        Fault::new(status, causes.join(": "))
    }
}

fn fault_of_client(error: &io::Error) -> Option<StatusCode> {
    if matches!(find(error), Some(LengthError::TooLong { .. })) || find::<LimitError>(error).is_some() {
        Some(StatusCode::PAYLOAD_TOO_LARGE)
    } else if find::<DigestError>(error).is_some() {
        Some(StatusCode::UNPROCESSABLE_ENTITY)
    } else if find::<EncodingError>(error).is_some() {
        Some(StatusCode::UNSUPPORTED_MEDIA_TYPE)
    } else if find::<TimeoutError>(error).is_some() {
        Some(StatusCode::REQUEST_TIMEOUT)
    } else {
        find(error).map(|Broken(_)| StatusCode::BAD_REQUEST)
    }
}

fn fault_of_disk(kind: io::ErrorKind) -> StatusCode {
    match kind {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => StatusCode::NOT_FOUND,
        io::ErrorKind::PermissionDenied => StatusCode::FORBIDDEN,
        io::ErrorKind::IsADirectory | io::ErrorKind::DirectoryNotEmpty => StatusCode::CONFLICT,
        io::ErrorKind::InvalidInput | io::ErrorKind::InvalidFilename => StatusCode::BAD_REQUEST,
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => StatusCode::INSUFFICIENT_STORAGE,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

impl From<EncodingError> for Fault {
    fn from(error: EncodingError) -> Self {
        io::Error::from(error).into()
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let mut response = (self.status, self.message).into_response();
        response.headers_mut().extend(self.header);
        response
    }
}
