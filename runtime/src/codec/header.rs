//! Content codings as values of header fields.

use http::HeaderValue;

use super::{Encoding, EncodingError};

impl From<Encoding> for HeaderValue {
    /// The value for `Content-Encoding`.
    fn from(coding: Encoding) -> Self {
        HeaderValue::from_static(coding.name())
    }
}

impl TryFrom<&HeaderValue> for Encoding {
    type Error = EncodingError;

    /// Takes the value of a `Content-Encoding` as [`Encoding::from_content_encoding`] does.
    fn try_from(field: &HeaderValue) -> Result<Self, EncodingError> {
        Encoding::from_content_encoding(field.to_str().map_err(|_| EncodingError::Unknown)?)
    }
}
