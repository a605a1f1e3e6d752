//! Whose fault it was.

use std::error::Error;
use std::io;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use byte_stream::{StreamError, error};
use http_body_util::LengthLimitError;

pub(crate) type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

/// What went wrong with what a client uploads.
#[derive(Debug, thiserror::Error, StreamError)]
pub(crate) enum ClientError {
    #[error("the upload is too long")]
    TooLong(#[from] LengthLimitError),
    /// It says its kind, so it stays what it is, where another would be taken for any `io::Error`.
    #[error("the upload is broken")]
    #[stream_error(other, kind = InvalidData)]
    Broken(#[source] io::Error),
}

/// What is answered in place of the server's response.
pub(crate) struct Fault {
    status: StatusCode,
    message: String,
}

/// The upload is read while it is sent on, so a failure of the client arrives as a failure to send: behind reqwest's error,
/// hyper's, and a codec that knows only `io::Error`.
impl From<reqwest::Error> for Fault {
    fn from(error: reqwest::Error) -> Self {
        let status = match error::find(&error) {
            Some(ClientError::TooLong(_)) => StatusCode::PAYLOAD_TOO_LARGE,
            Some(ClientError::Broken(_)) => StatusCode::BAD_REQUEST,
            None if error.is_timeout() => StatusCode::GATEWAY_TIMEOUT,
            None => StatusCode::BAD_GATEWAY,
        };
        let message = error::chain(&error).map(ToString::to_string).collect::<Vec<_>>().join(": ");
        Fault { status, message }
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        (self.status, self.message).into_response()
    }
}
