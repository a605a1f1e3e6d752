//! Digests in header fields (RFC 9530).

use axum::http::{HeaderMap, HeaderName, StatusCode};
use base64::prelude::{BASE64_STANDARD, Engine};
use byte_stream::adapter::Digester;
use sha2::Sha256;

use crate::fault::Fault;

/// Of what is sent here and now, in its content coding.
pub(crate) const CONTENT_DIGEST: HeaderName = HeaderName::from_static("content-digest");
/// Of the whole, of which that may be a part.
pub(crate) const REPR_DIGEST: HeaderName = HeaderName::from_static("repr-digest");

pub(crate) type Sum = [u8; 32];

/// The digest that this field says, if it says one that is known here: `sha-256=:BASE64:`.
pub(crate) fn said(headers: &HeaderMap, name: &HeaderName) -> Result<Option<Sum>, Fault> {
    let malformed = || Fault::new(StatusCode::BAD_REQUEST, format!("{name} is malformed"));
    for field in headers.get_all(name) {
        for member in field.to_str().unwrap_or_default().split(',') {
            if let Some(value) = member.trim().strip_prefix("sha-256=") {
                let base64 = value.strip_prefix(':').and_then(|value| value.strip_suffix(':')).ok_or_else(malformed)?;
                let sum = BASE64_STANDARD.decode(base64).ok().and_then(|sum| sum.try_into().ok());
                return sum.map(Some).ok_or_else(malformed);
            }
        }
    }
    Ok(None)
}

/// Fails what is not as was said.
pub(crate) fn checking(said: Option<Sum>) -> Digester<Sha256> {
    match said {
        Some(sum) => Digester::new().expecting(sum),
        None => Digester::new(),
    }
}
